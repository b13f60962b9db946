wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["api-key"] = "bench-key"
wrk.body = '{"messages":[{"role":"user","content":"Hello"}],"max_tokens":50}'

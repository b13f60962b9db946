// Without this every stream of @portkey-ai/gateway 1.15.2 is a 500 ("immutable") on Node 20: it changes the headers of
// what fetch returns, which newer versions of Node do not allow. A copy may be changed.
const fetched = globalThis.fetch;
globalThis.fetch = async (...args) => {
  const answer = await fetched(...args);
  return new Response(answer.body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: new Headers(answer.headers),
  });
};

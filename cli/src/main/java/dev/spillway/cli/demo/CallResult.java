package dev.spillway.cli.demo;

/**
 * What a caller got.
 *
 * @param tokens {@code usage.total_tokens}; 0 without an answer
 * @param servedBy the router's word for it; empty without a router
 * @param trace the router's; empty without a router
 * @param retryAfter in seconds, as sent; empty when the answer asks for no wait
 */
record CallResult(
    int status, int tokens, String servedBy, String trace, String retryAfter, String body) {

  boolean isOk() {
    return status == 200;
  }
}

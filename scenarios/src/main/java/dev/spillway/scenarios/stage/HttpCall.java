package dev.spillway.scenarios.stage;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sends to the router.
 *
 * @param path with its query
 * @param body sent as UTF-8; empty for none
 * @param leavesAfter how long, from the sending on, the caller has patience with the whole of the
 *     answer; null for ever
 */
public record HttpCall(
    String method, String path, List<Header> headers, String body, @Nullable Duration leavesAfter) {

  public HttpCall {
    headers = List.copyOf(headers);
  }
}

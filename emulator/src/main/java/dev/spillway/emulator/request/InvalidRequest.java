package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/**
 * Why the model engine refuses a body, in its own words and shape: type {@code
 * invalid_request_error}.
 *
 * @param param the member that is wrong
 */
public record InvalidRequest(String message, @Nullable String param, @Nullable String code) {

  static InvalidRequest because(String message) {
    return new InvalidRequest(message, null, null);
  }
}

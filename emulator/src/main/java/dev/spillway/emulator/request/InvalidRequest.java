package dev.spillway.emulator.request;

import java.util.List;
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

  /** A value that is none of those there are. */
  public static InvalidRequest unsupported(String param, String given, List<String> values) {
    List<String> quoted = values.stream().map(value -> "'" + value + "'").toList();
    int last = quoted.size() - 1;
    return new InvalidRequest(
        "Invalid value: '%s'. Supported values are: %s%s %s."
            .formatted(
                Members.cut(given),
                String.join(", ", quoted.subList(0, last)),
                last > 1 ? ", and" : " and",
                quoted.get(last)),
        param,
        "invalid_value");
  }
}

package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How callers of a setup call, as far as traffic does not say otherwise.
 *
 * @param deployment what the path, or {@code model}, names
 * @param apiVersion a dated one, or {@code v1} for the routes without one
 * @param path in the place of the operation's own; null for that
 * @param key sent as {@code api-key}; null for none
 * @param headers beside it
 */
public record Client(
    String deployment,
    String apiVersion,
    @Nullable String path,
    @Nullable String key,
    List<Header> headers) {

  static final String V1 = "v1";

  public Client {
    headers = List.copyOf(headers);
  }

  /** What is not null here takes the place of what is there. */
  public Client with(@Nullable String otherPath, @Nullable String otherKey, List<Header> more) {
    return new Client(
        deployment,
        apiVersion,
        otherPath == null ? path : otherPath,
        otherKey == null ? key : otherKey,
        more.isEmpty() ? headers : more);
  }

  boolean isV1() {
    return apiVersion.equals(V1);
  }
}

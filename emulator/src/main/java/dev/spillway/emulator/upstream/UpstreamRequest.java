package dev.spillway.emulator.upstream;

import dev.spillway.wire.AzureRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks.
 *
 * @param query as it came, still escaped; null for none
 * @param headers all that it came with; those that are not for the endpoint are left out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UpstreamRequest(
    String method,
    AzureRoute route,
    @Nullable String query,
    List<UpstreamHeader> headers,
    byte[] body) {

  @Nullable String header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(UpstreamHeader::value)
        .findFirst()
        .orElse(null);
  }
}

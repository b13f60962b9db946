package dev.spillway.emulator.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A header, and where it may go. */
public record UpstreamHeader(String name, String value) {

  /** What a caller brings who has the endpoint's key: it is sent as the endpoint's kind asks. */
  public static final String KEY = "x-upstream-api-key";

  /** What a caller brings who has a token for the endpoint. */
  public static final String AUTHORIZATION = "x-upstream-authorization";

  private static final Set<String> CREDENTIALS =
      Set.of(
          "api-key",
          "authorization",
          "ocp-apim-subscription-key",
          "x-admin-key",
          "cookie",
          KEY,
          AUTHORIZATION);

  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect");

  /** Of this connection alone, or made anew. */
  private static final Set<String> NOT_FOR_THE_ENDPOINT =
      Set.of("host", "content-length", "accept-encoding", "forwarded");

  /** The secrets among a request's headers, without the word for what they are. */
  public static Set<String> credentials(List<UpstreamHeader> headers) {
    return headers.stream()
        .filter(UpstreamHeader::isCredential)
        .map(header -> header.value().replaceFirst("(?i)^(Bearer|Basic) +", ""))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isCredential() {
    return CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
  }

  boolean isForTheEndpoint() {
    String lower = name.toLowerCase(Locale.ROOT);
    return isForTheCaller()
        && !isCredential()
        && !NOT_FOR_THE_ENDPOINT.contains(lower)
        && !lower.startsWith("x-forwarded-");
  }

  boolean isForTheCaller() {
    return !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }
}

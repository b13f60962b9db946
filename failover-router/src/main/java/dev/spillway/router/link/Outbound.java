package dev.spillway.router.link;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the router reaches others.
 *
 * @param standard for all that has no terms of its own, token endpoints among them
 * @param byBackend the terms of backends that have their own
 */
public record Outbound(TlsTerms standard, Map<String, TlsTerms> byBackend, @Nullable Proxy proxy) {

  /** What Java does by itself, and no proxy. */
  public static final Outbound DEFAULT = new Outbound(TlsTerms.STANDARD, Map.of(), null);

  public TlsTerms of(String backend) {
    return byBackend.getOrDefault(backend, standard);
  }
}

package dev.spillway.router.auth;

import dev.spillway.wire.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, by the key in {@code api-key}, {@code Ocp-Apim-Subscription-Key} or {@code
 * Authorization: Bearer}.
 */
public final class CallerKeys {

  private static final String BEARER = "Bearer ";

  private final List<Client> clients;

  public CallerKeys(List<Client> clients) {
    this.clients = List.copyOf(clients);
  }

  /**
   * The caller, unless the key is nobody's. Every client's key is compared, so that the time it
   * takes tells nothing about whose key came near.
   */
  public Optional<Caller> callerOf(Function<String, @Nullable String> header) {
    if (clients.isEmpty()) {
      return Optional.of(Caller.ANYBODY);
    }
    String presented = presentedKey(header);
    Caller caller = null;
    for (Client client : clients) {
      if (client.key().matches(presented)) {
        caller = client.caller();
      }
    }
    return Optional.ofNullable(caller);
  }

  /** The key of a client. */
  public Optional<Secret> keyOf(String name) {
    return clients.stream()
        .filter(client -> client.caller().name().equals(name))
        .map(Client::key)
        .findFirst();
  }

  /** The key that a request presents, or an empty text. */
  public static String presentedKey(Function<String, @Nullable String> header) {
    String key = header.apply(HeaderNames.API_KEY);
    if (key == null) {
      key = header.apply(HeaderNames.SUBSCRIPTION_KEY);
    }
    if (key != null) {
      return key;
    }
    String authorization = header.apply(HeaderNames.AUTHORIZATION);
    boolean bearer =
        authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? authorization.substring(BEARER.length()).strip() : "";
  }
}

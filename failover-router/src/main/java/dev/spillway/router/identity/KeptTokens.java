package dev.spillway.router.identity;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * A keeper for each credential; backends with the same one share it. Azure's libraries are loaded
 * only where a backend wants a token.
 */
public final class KeptTokens implements Tokens, AutoCloseable {

  private final Map<Credential.Token, TokenKeeper> keepers = new ConcurrentHashMap<>();
  private final BiFunction<Credential.Token, Outbound, TokenSource> sources;
  private final TimeSource time;
  private volatile Outbound outbound = Outbound.DEFAULT;

  public KeptTokens(TimeSource time) {
    this((wanted, way) -> AzureTokenSource.of(wanted, way), time); // a reference would load it now
  }

  KeptTokens(BiFunction<Credential.Token, Outbound, TokenSource> sources, TimeSource time) {
    this.sources = sources;
    this.time = time;
  }

  /**
   * Asks for the tokens that these backends want, and for no others any more.
   *
   * @param way how token endpoints are reached
   */
  public void follow(Collection<Backend> backends, Outbound way) {
    if (!way.equals(outbound)) {
      outbound = way;
      keepers.forEach(this::forget);
    }
    Set<Credential.Token> wanted = new HashSet<>();
    for (Backend backend : backends) {
      if (backend.credential() instanceof Credential.Token token) {
        wanted.add(token);
        var unused = keeper(token);
      }
    }
    keepers.forEach((token, keeper) -> {
      if (!wanted.contains(token)) {
        forget(token, keeper);
      }
    });
  }

  private void forget(Credential.Token token, TokenKeeper keeper) {
    keeper.close();
    boolean unused = keepers.remove(token, keeper);
  }

  @Override
  public Held of(Credential.Token credential, Duration patience) throws InterruptedException {
    return keeper(credential).held(patience);
  }

  @Override
  public boolean hasAnother(Credential.Token credential, String refused, Duration patience)
      throws InterruptedException {
    return keeper(credential).hasAnother(refused, patience);
  }

  /** A request that began before a reload may want one that has been given up since. */
  private TokenKeeper keeper(Credential.Token credential) {
    return keepers.computeIfAbsent(
        credential,
        wanted -> new TokenKeeper(wanted.kind().toString(), sources.apply(wanted, outbound), time));
  }

  @Override
  public void close() {
    keepers.values().forEach(TokenKeeper::close);
  }
}

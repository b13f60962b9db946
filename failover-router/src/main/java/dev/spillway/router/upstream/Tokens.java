package dev.spillway.router.upstream;

import dev.spillway.router.backend.Credential;
import java.time.Duration;

/**
 * The tokens that backends are asked with. Never throws for anything that a token endpoint does.
 */
public interface Tokens {

  /** Where no backend wants one. */
  Tokens NONE =
      new Tokens() {
        @Override
        public Held of(Credential.Token credential, Duration patience) {
          return new Held.Missing("nobody gets tokens here");
        }

        @Override
        public boolean hasAnother(Credential.Token credential, String refused, Duration patience) {
          return false;
        }
      };

  /** What there is. */
  sealed interface Held {

    record Valid(String token) implements Held {}

    record Missing(String why) implements Held {}
  }

  /**
   * The token that an attempt is made with. Waits only for the first one, and while it is on its
   * way.
   *
   * @param patience the longest wait
   * @throws InterruptedException when the waiting thread is interrupted
   */
  Held of(Credential.Token credential, Duration patience) throws InterruptedException;

  /**
   * Whether there is another token than the one that a backend has refused. Asks for a new one when
   * there is none yet.
   *
   * @param patience the longest wait
   * @throws InterruptedException when the waiting thread is interrupted
   */
  boolean hasAnother(Credential.Token credential, String refused, Duration patience)
      throws InterruptedException;
}

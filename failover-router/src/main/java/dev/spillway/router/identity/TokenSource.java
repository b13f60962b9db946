package dev.spillway.router.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the tokens of one credential come from. */
interface TokenSource {

  /**
   * A token.
   *
   * @param refreshAt when its maker would like to be asked for another; null when it does not say
   */
  record Fresh(String value, Instant expiresAt, @Nullable Instant refreshAt) {

    @Override
    public String toString() {
      return "a token until " + expiresAt;
    }
  }

  /**
   * Asks for a token.
   *
   * @param another whether one that is kept somewhere will not do
   * @throws RuntimeException when there is none
   */
  Fresh fetch(boolean another);
}

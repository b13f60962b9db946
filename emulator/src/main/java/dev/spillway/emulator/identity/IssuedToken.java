package dev.spillway.emulator.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A new token.
 *
 * @param text what the caller sends
 * @param application whom it is for
 * @param audience as it was asked for
 * @param lifetime how long it is good from now on
 */
public record IssuedToken(
    String text,
    Application application,
    String audience,
    Instant notBefore,
    Instant expires,
    Duration lifetime) {

  @Override
  public String toString() {
    return "a token of " + application.clientId() + " for " + audience;
  }
}

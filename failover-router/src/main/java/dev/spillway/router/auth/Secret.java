package dev.spillway.router.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A key that never shows itself when something that holds it is printed. */
public record Secret(String value) {

  /** Compares in a time that does not depend on where the two differ. */
  public boolean matches(String presented) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}

package dev.spillway.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens that somebody else than the emulator has made. */
final class Tokens {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Tokens() {}

  /** One with these claims and a signature that is none. */
  static String of(String claims) {
    return encode("{\"typ\":\"JWT\",\"alg\":\"RS256\"}") + "." + encode(claims) + ".c2lnbmVk";
  }

  /** One for an audience that expires at a second. */
  static String of(String audience, long expires) {
    return of(
        "{\"aud\":\"%s\",\"exp\":%d,\"appid\":\"app-of-test\",\"oid\":\"oid-of-test\"}"
            .formatted(audience, expires));
  }

  /** The same token with other claims. */
  static String withClaims(String token, String claims) {
    String[] parts = token.split("\\.", -1);
    return parts[0] + "." + encode(claims) + "." + parts[2];
  }

  /** What a token says. */
  static String claims(String token) {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new String(claims, StandardCharsets.UTF_8);
  }

  static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

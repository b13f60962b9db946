package dev.spillway.emulator.identity;

import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.Set;

/** Looks at tokens that callers bring. */
public final class TokenCheck {

  private final EntraMode mode;
  private final Tenants tenants;
  private final SigningKey key;
  private final TimeSource time;

  TokenCheck(EntraMode mode, Tenants tenants, SigningKey key, TimeSource time) {
    this.mode = mode;
    this.tenants = tenants;
    this.key = key;
    this.time = time;
  }

  /** Whether a text has the form of a token at all, and is no key. */
  public static boolean looksLikeToken(String text) {
    return Jwt.looksLikeOne(text);
  }

  /**
   * Whether a token is good now for one of these audiences.
   *
   * @param text what came behind {@code Bearer}
   */
  public TokenVerdict check(String text, Set<Audience> audiences) {
    return Jwt.parse(text)
        .map(jwt -> check(jwt, audiences))
        .orElseGet(() -> new TokenVerdict.Invalid("malformed token"));
  }

  private TokenVerdict check(Jwt jwt, Set<Audience> audiences) {
    Claims claims = jwt.claims();
    Instant now = time.instant();
    if (audiences.stream().noneMatch(audience -> audience.isAmong(claims.audiences()))) {
      return new TokenVerdict.Invalid("token for another audience");
    }
    if (claims.expires() == null || !now.isBefore(claims.expires())) {
      return new TokenVerdict.Invalid("expired token");
    }
    return switch (mode) {
      case TRUST -> new TokenVerdict.Valid(claims);
      case VALIDATED -> validated(jwt);
    };
  }

  private TokenVerdict validated(Jwt jwt) {
    Claims claims = jwt.claims();
    if (!jwt.algorithm().equals("RS256") || !key.signed(jwt.signed(), jwt.signature())) {
      return new TokenVerdict.Invalid("token signed by somebody else");
    }
    if (!tenants.isIssuer(claims.issuer())) {
      return new TokenVerdict.Invalid("token of another issuer");
    }
    return new TokenVerdict.Valid(claims);
  }
}

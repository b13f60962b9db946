package dev.spillway.emulator.identity;

import dev.spillway.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes tokens with the claims that Entra's have for Azure's own services: version 1.0, RS256. */
public final class TokenIssuer {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration OF_AN_APPLICATION = Duration.ofHours(1);
  private static final Duration OF_A_MANAGED_IDENTITY = Duration.ofDays(1);

  /** Tokens are good from a little before they are made, as clocks differ. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private final Tenants tenants;
  private final SigningKey key;
  private final TimeSource time;
  private final @Nullable Duration lifetime;
  private final AtomicLong count = new AtomicLong();

  TokenIssuer(Tenants tenants, SigningKey key, TimeSource time, @Nullable Duration lifetime) {
    this.tenants = tenants;
    this.key = key;
    this.time = time;
    this.lifetime = lifetime;
  }

  public IssuedToken issue(Application application, String audience) {
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    Duration life = lifetime(application);
    Instant from = now.minus(BEFORE);
    Instant until = now.plus(life);
    String signed = encode(header()) + "." + encode(claims(application, audience, from, until));
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    String text = signed + "." + BASE64.encodeToString(signature);
    return new IssuedToken(text, application, audience, from, until, life);
  }

  private Duration lifetime(Application application) {
    if (lifetime != null) {
      return lifetime;
    }
    return application.managed() ? OF_A_MANAGED_IDENTITY : OF_AN_APPLICATION;
  }

  private Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "JWT");
    header.put("alg", "RS256");
    header.put("x5t", key.id());
    header.put("kid", key.id());
    return header;
  }

  private Map<String, Object> claims(
      Application application, String audience, Instant from, Instant until) {
    String issuer = tenants.issuer(application.tenant());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("iss", issuer);
    claims.put("iat", from.getEpochSecond());
    claims.put("nbf", from.getEpochSecond());
    claims.put("exp", until.getEpochSecond());
    claims.put("appid", application.clientId());
    claims.put("appidacr", application.managed() ? "2" : "1");
    claims.put("idp", issuer);
    claims.put("idtyp", "app");
    claims.put("oid", application.oid());
    claims.put("sub", application.oid());
    claims.put("tid", application.tenant());
    claims.put("uti", uti());
    claims.put("ver", "1.0");
    return claims;
  }

  /** Different for every token, so that no two of one second are the same. */
  private String uti() {
    return BASE64.encodeToString(
        Tenants.guid("token " + count.incrementAndGet())
            .substring(0, 16)
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String encode(Map<String, Object> json) {
    return BASE64.encodeToString(JSON.writeValueAsBytes(json));
  }
}

package dev.spillway.emulator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.time.VirtualClock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the emulator's own, looked at by whoever has a door. */
class TokenCheckTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String OTHER = "99999999-2222-3333-4444-555555555555";

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z"));
  private final SigningKey key = new SigningKey();
  private final Tenants tenants = new Tenants(null);
  private final TokenIssuer issuer = new TokenIssuer(tenants, key, clock, null);

  private String token(String tenant, String audience) {
    Application app = new Application(tenant, "a-client", "an-oid", false);
    return issuer.issue(app, audience).text();
  }

  private TokenVerdict check(Tenants known, String token, Audience audience) {
    return new TokenCheck(EntraMode.VALIDATED, known, key, clock).check(token, Set.of(audience));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://management.azure.com/",
        "https://management.azure.com",
        "https://management.core.windows.net/",
      })
  void resourceManagerHasTwoNamesAndIsNotTheDataPlane(String audience) {
    String token = token(TENANT, audience);

    assertThat(check(tenants, token, Audience.MANAGEMENT))
        .isInstanceOfSatisfying(
            TokenVerdict.Valid.class,
            valid -> assertThat(valid.claims().shown()).isEqualTo("a-client"));
    assertThat(check(tenants, token, Audience.COGNITIVE_SERVICES))
        .isEqualTo(new TokenVerdict.Invalid("token for another audience"));
  }

  @Test
  void aTokenOfAnotherTenantIsNotTaken() {
    String token = token(OTHER, "https://ai.azure.com");

    assertThat(check(new Tenants(TENANT), token, Audience.FOUNDRY))
        .isEqualTo(new TokenVerdict.Invalid("token of another issuer"));
    assertThat(check(new Tenants(OTHER), token, Audience.FOUNDRY))
        .isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void noTwoTokensAreTheSame() {
    assertThat(token(TENANT, "a")).isNotEqualTo(token(TENANT, "a"));
  }
}

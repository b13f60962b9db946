package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entra's tokens where nothing is configured: nobody looks at signatures or roles. */
class TrustedTokenTest {

  static final String DATED = "/openai/deployments/mini/chat/completions?api-version=2024-10-21";
  static final String V1 = "/openai/v1/chat/completions";
  private static final String SERVICES = "https://cognitiveservices.azure.com";
  private static final String REFUSAL =
      "{ \"statusCode\": 401, \"message\": \"Unauthorized. Access token is missing, invalid,"
          + " audience is incorrect (https://cognitiveservices.azure.com), or have expired.\" }";
  private static final long NOW = EmulatorFixture.START.getEpochSecond();

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  private Answer call(String path, String headers) {
    return emulator.send(
        "POST " + path + " HTTP/1.1\n" + headers,
        EmulatorFixture.body(9, ",\"max_tokens\":5,\"model\":\"mini\""));
  }

  private Answer callWith(String token) {
    return call(DATED, "Authorization: Bearer " + token);
  }

  private void assertRefused(Answer answer, String reason) {
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
    assertThat(answer.body()).isEqualTo(REFUSAL);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(emulator.control().journal(JournalQuery.all()).getLast())
        .extracting(JournalEntry::reason, JournalEntry::caller)
        .containsExactly(reason, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cognitiveservices.azure.com",
        "https://cognitiveservices.azure.com/",
        "https://ai.azure.com",
        "https://ai.azure.com/",
      })
  void aTokenForTheServiceIsTakenOnBothRoutes(String audience) {
    String header = "Authorization: Bearer " + Tokens.of(audience, NOW + 1);

    assertThat(call(DATED, header).statusLine()).endsWith("200 OK");
    assertThat(call(V1, header).statusLine()).endsWith("200 OK");
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() {
    String token =
        Tokens.of("{\"aud\":[\"api://mine\",\"https://ai.azure.com\"],\"exp\":" + (NOW + 1) + "}");

    assertThat(callWith(token).statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://management.azure.com",
        "https://openai.azure.com",
        "https://ai.azure.com//",
        "",
      })
  void aTokenForAnotherAudienceIsRefusedInEntrasWords(String audience) {
    assertRefused(callWith(Tokens.of(audience, NOW + 9)), "token for another audience");
  }

  @Test
  void aTokenIsGoodUntilTheSecondThatItExpires() {
    String token = Tokens.of(SERVICES, NOW + 60);
    emulator.clock.advance(Duration.ofMillis(59_999));
    assertThat(callWith(token).statusLine()).endsWith("200 OK");

    emulator.clock.advance(Duration.ofMillis(1));

    assertRefused(callWith(token), "expired token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"aud\":\"https://ai.azure.com\"}",
        "{\"aud\":\"https://ai.azure.com\",\"exp\":\"9999999999\"}",
        "{\"aud\":\"https://ai.azure.com\",\"exp\":null}",
      })
  void aTokenThatDoesNotSayWhenItExpiresHas(String claims) {
    assertRefused(callWith(Tokens.of(claims)), "expired token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "",
        "a.b.c",
        "e30.e30",
        "..",
        "W10.W10.c2ln",
        "e30.e30.c2ln.c2ln",
        "e30.eyJhdWQiOiJhIn.c2ln",
        "e30.eyJleHAiOjFlOTk5OTk5fQ.c2ln",
      })
  void whatIsNoTokenIsRefusedInTheSameWords(String text) {
    assertRefused(callWith(text), "malformed token");
  }

  @Test
  void aHostOfFoundryNamesItsOwnAudience() {
    Answer answer =
        call(DATED, "Host: local.services.ai.azure.com\nAuthorization: Bearer " + Tokens.of("{}"));

    assertThat(answer.body()).contains("audience is incorrect (https://ai.azure.com/)");
  }

  @Test
  void aKeyGoesBeforeAToken() {
    String bearer = "\nAuthorization: Bearer " + Tokens.of(SERVICES, NOW + 9);

    assertThat(call(DATED, "api-key: wrong" + bearer).body()).contains("invalid subscription key");
    assertThat(call(DATED, "api-key: " + bearer).statusLine()).endsWith("200 OK");
  }

  @Test
  void theJournalNamesThePrincipalAndNeverHoldsTheToken() {
    String token = Tokens.of(SERVICES, NOW + 9);
    assertThat(callWith(token).statusLine()).endsWith("200 OK");

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .satisfies(
            call -> assertThat(call.caller()).isEqualTo("app-of-test"),
            call -> assertThat(call.toString()).doesNotContain(token.substring(0, 20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"oid\":\"an-oid\"",
        ",\"azp\":\"an-oid\"",
        ",\"sub\":\"an-oid\"",
        ",\"appid\":7,\"oid\":\"an-oid\"",
      })
  void withoutAnApplicationThePrincipalIsWhateverNamesIt(String more) {
    String token = Tokens.of("{\"aud\":\"https://ai.azure.com\",\"exp\":9999999999" + more + "}");
    assertThat(callWith(token).statusLine()).endsWith("200 OK");

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .extracting(JournalEntry::caller)
        .isEqualTo("an-oid");
  }

  @Test
  void aTokenLetsNobodySeeWhetherAPathIsThereUntilItIsGood() {
    assertThat(call("/nothing", "Authorization: Bearer x.y.z").statusLine()).contains(" 401 ");
    assertThat(
            call("/nothing", "Authorization: Bearer " + Tokens.of(SERVICES, NOW + 9)).statusLine())
        .contains(" 404 ");
  }
}

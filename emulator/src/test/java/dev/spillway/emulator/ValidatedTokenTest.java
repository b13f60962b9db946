package dev.spillway.emulator;

import static dev.spillway.emulator.IdentityFixture.CLIENT;
import static dev.spillway.emulator.IdentityFixture.OID;
import static dev.spillway.emulator.IdentityFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that must be the emulator's own, and principals that need a role. */
class ValidatedTokenTest {

  private static final String USER = "Cognitive Services OpenAI User";

  private static void assertRefused(IdentityFixture entra, Answer answer, String reason) {
    assertThat(answer.statusLine()).endsWith("401 Unauthorized");
    assertThat(answer.body()).startsWith("{ \"statusCode\": 401, ");
    assertThat(last(entra).reason()).isEqualTo(reason);
  }

  private static void assertDenied(Answer answer, String message) {
    assertThat(answer.statusLine()).endsWith("401 PermissionDenied");
    assertThat(answer.body())
        .isEqualTo("{\"error\":{\"code\":\"PermissionDenied\",\"message\":\"" + message + "\"}}");
  }

  private static JournalEntry last(IdentityFixture entra) {
    return entra.emulator.control().journal(JournalQuery.all()).getLast();
  }

  private static String principal(String more) {
    return "principals: {" + CLIENT + ": {oid: " + OID + more + "}}";
  }

  @Test
  void aTokenOfTheEmulatorsOwnIsTakenUntilTheClockIsPastIt() {
    try (IdentityFixture entra = IdentityFixture.validated("")) {
      String token = entra.token();
      assertThat(entra.chat("", token).statusLine()).endsWith("200 OK");
      assertThat(last(entra).caller()).isEqualTo(CLIENT);

      entra.emulator.clock.advance(Duration.ofHours(1));

      assertRefused(entra, entra.chat("", token), "expired token");
      assertThat(entra.chat("", entra.token()).statusLine()).endsWith("200 OK");
    }
  }

  @Test
  void theResourceManagerTakesTokensOfItsOwnAudienceOnly() {
    String accounts =
        "GET /subscriptions/00000000-0000-0000-0000-000000000000"
            + "/providers/Microsoft.CognitiveServices/accounts?api-version=2024-10-01 HTTP/1.1"
            + "\nAuthorization: Bearer ";
    try (IdentityFixture entra = IdentityFixture.validated("")) {
      String form = IdentityFixture.form("right", "https%3A%2F%2Fmanagement.azure.com");
      String token = IdentityFixture.token(entra.askForToken(IdentityFixture.TENANT, form));

      assertThat(entra.send(accounts + token, "").statusLine()).endsWith("200 OK");
      assertThat(entra.send(accounts + entra.token(), "").body())
          .isEqualTo(
              "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"The access token"
                  + " is invalid: token for another audience\"}}");
    }
  }

  @Test
  void aTokenOfSomebodyElseIsNot() {
    try (IdentityFixture entra = IdentityFixture.validated("");
        IdentityFixture other = IdentityFixture.validated("")) {
      assertRefused(entra, entra.chat("", other.token()), "token signed by somebody else");
    }
  }

  @Test
  void nobodyCanChangeWhatATokenSays() {
    try (IdentityFixture entra = IdentityFixture.validated("")) {
      String token = entra.token();
      String changed = Tokens.claims(token).replace(CLIENT, "somebody-else");

      Answer answer = entra.chat("", Tokens.withClaims(token, changed));

      assertThat(changed).contains("somebody-else");
      assertRefused(entra, answer, "token signed by somebody else");
    }
  }

  @Test
  void anUnsignedTokenIsNotTaken() {
    try (IdentityFixture entra = IdentityFixture.validated("")) {
      String claims = Tokens.claims(entra.token());

      String unsigned = Tokens.encode("{\"alg\":\"none\"}") + "." + Tokens.encode(claims) + ".";

      assertRefused(entra, entra.chat("", unsigned), "token signed by somebody else");
    }
  }

  @Test
  void aTokenForAzureResourceManagerIsForAnotherAudience() {
    try (IdentityFixture entra = IdentityFixture.validated("")) {
      String form = IdentityFixture.form("right", "https://management.azure.com");
      String token = IdentityFixture.token(entra.askForToken(TENANT, form));

      assertRefused(entra, entra.chat("", token), "token for another audience");
    }
  }

  @Test
  void aPrincipalWithoutTheRoleIsToldWhatItLacks() {
    try (IdentityFixture entra = IdentityFixture.validated(principal(""))) {
      Answer answer = entra.chat("", entra.token());

      assertDenied(
          answer,
          "The principal `"
              + OID
              + "` lacks the required data action"
              + " `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action`"
              + " to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation.");
      assertThat(last(entra).caller()).isEqualTo(CLIENT);
      assertThat(last(entra).reason()).isEqualTo("no role");
    }
  }

  @Test
  void onV1TheOperationIsNamedWithoutADeployment() {
    try (IdentityFixture entra = IdentityFixture.validated("default-roles: []")) {
      Answer answer =
          entra.send(
              "POST /openai/v1/responses HTTP/1.1\nAuthorization: Bearer " + entra.token(), "{}");

      assertThat(answer.body())
          .contains("`Microsoft.CognitiveServices/accounts/OpenAI/responses/write`")
          .contains("`POST /openai/v1/responses` operation");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /openai/v1/responses/resp_1, read",
    "DELETE /openai/v1/responses/resp_1, delete",
    "POST /openai/v1/responses/resp_1/cancel, write",
  })
  void whatIsKeptIsToBeReadWrittenOrDeletedByARoleToo(String call, String action) {
    try (IdentityFixture entra = IdentityFixture.validated("default-roles: []")) {
      Answer answer = entra.send(call + " HTTP/1.1\nAuthorization: Bearer " + entra.token(), "");

      assertThat(answer.body())
          .contains("`Microsoft.CognitiveServices/accounts/OpenAI/responses/" + action + "`");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Cognitive Services OpenAI User, 200",
    "Cognitive Services OpenAI Contributor, 200",
    "Cognitive Services User, 200",
    "Azure AI Developer, 200",
    "Owner, 401",
    "Contributor, 401",
    "Cognitive Services Contributor, 401",
    "Cognitive Services Data Reader, 401",
  })
  void whoManagesAResourceMayNotThereforeCallItsModels(String role, int status) {
    try (IdentityFixture entra = IdentityFixture.validated(principal(", roles: [" + role + "]"))) {
      assertThat(entra.chat("", entra.token()).statusLine()).contains(" " + status + " ");
    }
  }

  @Test
  void aRoleIsGoodWhereItIsAssigned() {
    try (IdentityFixture entra =
        IdentityFixture.validated(principal(", roles: [" + USER + "], resources: [two]"))) {
      assertThat(entra.chat("/two", entra.token()).statusLine()).endsWith("200 OK");
      assertThat(entra.chat("/one", entra.token()).body()).contains("lacks the required");
    }
  }

  @Test
  void aRoleThatIsGrantedNowTakesAWhileAndOneThatIsTakenAwayDoesNot() {
    try (IdentityFixture entra =
        IdentityFixture.validated("role-propagation: 5m\n" + principal(""))) {
      String token = entra.token();
      var unused = entra.emulator.control().put(PrincipalSpec.of(CLIENT, USER));
      assertDenied(entra.chat("", token), "Principal does not have access to API/Operation.");

      entra.emulator.clock.advance(Duration.ofMinutes(5));
      assertThat(entra.chat("", token).statusLine()).endsWith("200 OK");

      var unusedToo = entra.emulator.control().put(PrincipalSpec.of(CLIENT));
      assertThat(entra.chat("", token).body()).contains("lacks the required data action");
    }
  }

  @Test
  void aPrincipalIsAlsoFoundByItsObjectId() {
    String principals = "default-roles: []\nprincipals: {" + OID + ": {roles: [" + USER + "]}}";
    try (IdentityFixture entra = IdentityFixture.validated(principals)) {
      String asked =
          "/msi/token?api-version=2019-08-01&resource=https://ai.azure.com&principal_id=";
      Answer token =
          entra.send(
              "GET " + asked + OID + " HTTP/1.1\nX-IDENTITY-HEADER: spillway-identity-header", "");

      assertThat(entra.chat("", IdentityFixture.token(token)).statusLine()).endsWith("200 OK");
      assertThat(entra.chat("", entra.token()).statusLine()).contains(" 401 ");
    }
  }

  @Test
  void keysAreTakenBesideTokens() {
    try (IdentityFixture entra = IdentityFixture.validated("default-roles: []")) {
      Answer answer =
          entra.send(
              "POST /openai/deployments/micro/chat/completions?api-version=2024-10-21 HTTP/1.1"
                  + "\napi-key: key",
              EmulatorFixture.body(9, ""));

      assertThat(answer.statusLine()).endsWith("200 OK");
    }
  }
}

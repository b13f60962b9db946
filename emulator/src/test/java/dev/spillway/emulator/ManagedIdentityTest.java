package dev.spillway.emulator;

import static dev.spillway.emulator.IdentityFixture.CLIENT;
import static dev.spillway.emulator.IdentityFixture.OID;
import static dev.spillway.emulator.IdentityFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a machine of Azure's gets the tokens of its own identity. */
class ManagedIdentityTest {

  private static final String RESOURCE = "resource=https://cognitiveservices.azure.com/";
  private static final String IMDS =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&" + RESOURCE;
  private static final String APP_SERVICE = "/msi/token?api-version=2019-08-01&" + RESOURCE;
  private static final String EXPIRES =
      Long.toString(EmulatorFixture.START.getEpochSecond() + 86_400);

  @AutoClose
  private final IdentityFixture entra =
      IdentityFixture.validated(
          """
          identity-header: a-secret
          principals:
            system-assigned: {oid: %s, roles: [Cognitive Services OpenAI User]}
          """
              .formatted(OID));

  private Answer get(String path, String header) {
    return entra.send("GET " + path + " HTTP/1.1\n" + header, "");
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  @Test
  void aVirtualMachineGetsATokenForADay() {
    Answer answer = get(IMDS, "Metadata: true");

    JsonNode body = json(answer.body());
    assertThat(body.propertyNames())
        .containsExactly(
            "access_token",
            "client_id",
            "expires_in",
            "expires_on",
            "ext_expires_in",
            "not_before",
            "resource",
            "token_type");
    assertThat(body.path("expires_in").stringValue()).isEqualTo("86399");
    assertThat(body.path("expires_on").stringValue()).isEqualTo(EXPIRES);
    assertThat(entra.chat("", IdentityFixture.token(answer)).statusLine()).endsWith("200 OK");
  }

  @Test
  void msalsTwoSlashesAreOne() {
    assertThat(get("/" + IMDS, "Metadata: true").statusLine()).endsWith("200 OK");
  }

  @Test
  void appServiceGetsOneWithTheHeaderItWasGiven() {
    Answer answer = get(APP_SERVICE, "X-IDENTITY-HEADER: a-secret");

    JsonNode body = json(answer.body());
    assertThat(body.propertyNames())
        .containsExactly("access_token", "expires_on", "resource", "token_type", "client_id");
    assertThat(body.path("expires_on").stringValue()).isEqualTo(EXPIRES);
    assertThat(entra.chat("", IdentityFixture.token(answer)).statusLine()).endsWith("200 OK");
  }

  @Test
  void theIdentityIsThatOfTheTenantWithItsConfiguredObjectId() {
    String claims = Tokens.claims(IdentityFixture.token(get(IMDS, "Metadata: true")));

    assertThat(claims)
        .contains("\"oid\":\"" + OID + "\"")
        .contains("\"tid\":\"" + TENANT + "\"")
        .contains("\"appidacr\":\"2\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Other: true  | ?api-version=2018-02-01&resource=a | Required metadata header not"
            + " specified",
        "Metadata: no   | ?api-version=2018-02-01&resource=a | Required metadata header not"
            + " specified",
        "Metadata: true | ?resource=a | Required query variable 'api-version' is missing",
        "Metadata: true | ?api-version=2018-02-01 | Required query variable 'resource' is missing",
        "Metadata: true | ?api-version=2018-02-01&resource=a&client_id=b | Identity not found",
      })
  void theImdsRefusesInItsOwnShape(String header, String query, String why) {
    Answer answer = get("/metadata/identity/oauth2/token" + query, header);

    assertThat(answer.statusLine()).endsWith("400 Bad Request");
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"" + why + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | X-IDENTITY-HEADER: wrong    | ?api-version=2019-08-01&resource=a",
        "401 | Metadata: true              | ?api-version=2019-08-01&resource=a",
        "400 | X-IDENTITY-HEADER: a-secret | ?resource=a",
        "400 | X-IDENTITY-HEADER: a-secret | ?api-version=2019-08-01",
        "400 | X-IDENTITY-HEADER: a-secret | ?api-version=2019-08-01&resource=a&client_id=b",
      })
  void appServiceRefusesInItsOwnShape(int status, String header, String query) {
    Answer answer = get("/msi/token" + query, header);

    assertThat(answer.statusLine()).contains(" " + status + " ");
    assertThat(answer.body()).startsWith("{\"statusCode\":" + status + ",\"message\":\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "mi_res_id"})
  void anIdentityOfOnesOwnIsAskedForByName(String parameter) {
    Answer answer = get(IMDS + "&" + parameter + "=" + CLIENT, "Metadata: true");

    assertThat(json(answer.body()).path("client_id").asString()).isEqualTo(CLIENT);
  }

  @Test
  void theSummarySaysHowToPointALibraryHere() {
    String uri = entra.emulator.emulator.uri().toString();

    assertThat(entra.emulator.emulator.summary())
        .contains("  entra     validated, tokens from " + uri + "/{tenant}/oauth2/v2.0/token")
        .contains(
            "  keyless   export IDENTITY_ENDPOINT=" + uri + "/msi/token IDENTITY_HEADER=a-secret")
        .contains("or export AZURE_POD_IDENTITY_AUTHORITY_HOST=" + uri);
  }

  @Test
  void withoutEntraInTheConfigurationTheSummaryDoesNotMentionIt() {
    try (EmulatorFixture plain = EmulatorFixture.start("2026")) {
      assertThat(plain.emulator.summary()).doesNotContain("entra", "keyless");
    }
  }
}

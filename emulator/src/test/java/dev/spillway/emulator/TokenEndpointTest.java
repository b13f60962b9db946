package dev.spillway.emulator;

import static dev.spillway.emulator.IdentityFixture.CLIENT;
import static dev.spillway.emulator.IdentityFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code login.microsoftonline.com} answers. */
class TokenEndpointTest {

  private static final String SERVICES = "https://cognitiveservices.azure.com";
  private static final long NOW = EmulatorFixture.START.getEpochSecond();

  @AutoClose private final IdentityFixture entra = IdentityFixture.validated("");

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  private Answer ask(String form) {
    return entra.askForToken(TENANT, form);
  }

  private Answer get(String path) {
    return entra.send("GET " + path + " HTTP/1.1\nHost: login.microsoftonline.com", "");
  }

  @Test
  void aClientWithItsSecretGetsATokenForAnHour() {
    JsonNode answer = json(ask(IdentityFixture.form("right", SERVICES)).body());

    assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.path("expires_in").numberValue()).isEqualTo(3599);
    assertThat(answer.path("ext_expires_in").numberValue()).isEqualTo(3599);
    assertThat(answer.size()).isEqualTo(4);
  }

  @Test
  void aTokenSaysWhatOneOfEntrasSays() {
    String token = IdentityFixture.token(ask(IdentityFixture.form("right", SERVICES)));

    JsonNode claims = json(Tokens.claims(token));
    String oid = claims.path("oid").asString();
    assertThat(claims.propertyNames())
        .containsExactly(
            "aud",
            "iss",
            "iat",
            "nbf",
            "exp",
            "appid",
            "appidacr",
            "idp",
            "idtyp",
            "oid",
            "sub",
            "tid",
            "uti",
            "ver");
    assertThat(claims.path("aud").asString()).isEqualTo(SERVICES);
    assertThat(claims.path("iss").asString())
        .isEqualTo("https://sts.windows.net/" + TENANT + "/")
        .isEqualTo(claims.path("idp").asString());
    assertThat(claims.path("exp").asLong()).isEqualTo(NOW + 3_600);
    assertThat(claims.path("nbf").asLong()).isEqualTo(NOW - 300);
    assertThat(claims.path("appid").asString()).isEqualTo(CLIENT);
    assertThat(claims.path("tid").asString()).isEqualTo(TENANT);
    assertThat(oid).hasSize(36).isEqualTo(claims.path("sub").asString());
  }

  @Test
  void theScopesOfOpenIdMayStandBesideTheOneThatCounts() {
    Answer answer =
        ask(
            IdentityFixture.form(
                "right", "openid+profile+offline_access+https%3A%2F%2Fai.azure.com"));

    assertThat(Tokens.claims(IdentityFixture.token(answer)))
        .contains("\"aud\":\"https://ai.azure.com\"");
  }

  @Test
  void theEndpointOfVersion1TakesAResourceAndWritesNumbersAsTexts() {
    Answer answer =
        entra.send(
            "POST /" + TENANT + "/oauth2/token HTTP/1.1",
            "grant_type=client_credentials&client_id="
                + CLIENT
                + "&client_secret=right&resource=https%3A%2F%2Fai.azure.com%2F");

    JsonNode body = json(answer.body());
    assertThat(body.path("expires_in").stringValue()).isEqualTo("3599");
    assertThat(body.path("expires_on").stringValue()).isEqualTo(Long.toString(NOW + 3_600));
    assertThat(body.path("not_before").stringValue()).isEqualTo(Long.toString(NOW - 300));
    assertThat(body.path("resource").stringValue()).isEqualTo("https://ai.azure.com/");
    assertThat(entra.chat("", body.path("access_token").stringValue()).statusLine())
        .endsWith("200 OK");
  }

  @Test
  void theSecretMayAlsoComeInTheHeader() {
    String basic =
        Base64.getEncoder().encodeToString((CLIENT + ":right").getBytes(StandardCharsets.UTF_8));
    Answer answer =
        entra.send(
            "POST /" + TENANT + "/oauth2/v2.0/token HTTP/1.1\nAuthorization: Basic " + basic,
            "grant_type=client_credentials&scope=https%3A%2F%2Fai.azure.com%2F.default");

    assertThat(answer.statusLine()).endsWith("200 OK");
  }

  @Test
  void aWorkloadBringsATokenOfItsClusterInsteadOfASecret() {
    String form =
        "grant_type=client_credentials&client_id="
            + CLIENT
            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            + "&client_assertion={token}&scope=https%3A%2F%2Fai.azure.com%2F.default";

    assertThat(ask(form.replace("{token}", Tokens.of("{\"sub\":\"pod\"}"))).statusLine())
        .endsWith("200 OK");
    assertThat(ask(form.replace("{token}", "none")).body()).contains("AADSTS50027: JWT token is");
  }

  @Test
  void anErrorIsOneOfEntrasWithNumbersToLookUp() {
    Answer answer =
        entra.send(
            "POST /" + TENANT + "/oauth2/v2.0/token HTTP/1.1\nclient-request-id: my-request",
            IdentityFixture.form("wrong", SERVICES));

    assertThat(answer.statusLine()).endsWith("401 Unauthorized");
    JsonNode body = json(answer.body());
    assertThat(body.path("error").asString()).isEqualTo("invalid_client");
    assertThat(body.path("error_codes").toString()).isEqualTo("[7000215]");
    assertThat(body.path("timestamp").asString()).isEqualTo("2026-01-02 03:04:05Z");
    assertThat(body.path("correlation_id").asString()).isEqualTo("my-request");
    assertThat(body.path("trace_id").asString()).hasSize(36);
    assertThat(body.path("error_description").asString())
        .startsWith("AADSTS7000215: Invalid client secret provided. ")
        .endsWith("Correlation ID: my-request Timestamp: 2026-01-02 03:04:05Z")
        .contains(body.path("trace_id").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | invalid_request        | 900144  |",
        "400 | invalid_request        | 900144  | client_id=a&client_secret=b&scope=c/.default",
        "400 | unsupported_grant_type | 70003   | grant_type=password&scope=c/.default",
        "400 | invalid_request        | 900144  | grant_type=client_credentials&scope=c/.default",
        "401 | invalid_client         | 7000216 |"
            + " grant_type=client_credentials&client_id=a&scope=c/.default",
        "400 | unauthorized_client    | 700016  |"
            + " grant_type=client_credentials&client_id=a&client_secret=b&scope=c/.default",
        "400 | invalid_scope          | 1002012 |"
            + " grant_type=client_credentials&client_id=a&client_secret=b&scope=c",
        "400 | invalid_scope          | 1002012 | grant_type=x&scope=a/.default+c/.default",
        "400 | invalid_request        | 900144  | %zz=%zz&&&=&a",
      })
  void whatIsAskedForWronglyIsRefused(int status, String error, int code, String form) {
    Answer answer = ask(form == null ? "" : form);

    assertThat(answer.statusLine()).contains(" " + status + " ");
    assertThat(json(answer.body()).path("error").asString()).isEqualTo(error);
    assertThat(json(answer.body()).path("error_codes").toString()).isEqualTo("[" + code + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999-2222-3333-4444-555555555555", "nobody"})
  void anotherTenantThanTheConfiguredOneIsNotFound(String tenant) {
    Answer answer = entra.askForToken(tenant, IdentityFixture.form("right", SERVICES));

    assertThat(answer.statusLine()).endsWith("400 Bad Request");
    assertThat(answer.body()).contains("AADSTS90002: Tenant '" + tenant + "' not found.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "organizations", "contoso.onmicrosoft.com", TENANT})
  void theTenantHasMoreThanOneName(String name) {
    Answer answer = entra.askForToken(name, IdentityFixture.form("right", SERVICES));

    assertThat(Tokens.claims(IdentityFixture.token(answer))).contains("\"tid\":\"" + TENANT + "\"");
  }

  @Test
  void whereNothingIsConfiguredAnyClientOfAnyTenantGetsAToken() {
    String tenant = "99999999-2222-3333-4444-555555555555";
    try (IdentityFixture open = new IdentityFixture("mode: validated")) {
      Answer answer = open.askForToken(tenant, IdentityFixture.form("any", SERVICES));

      assertThat(Tokens.claims(IdentityFixture.token(answer))).contains("/" + tenant + "/");
      assertThat(open.chat("", IdentityFixture.token(answer)).statusLine()).endsWith("200 OK");
    }
  }

  @Test
  void tokensLiveAsLongAsConfigured() {
    try (IdentityFixture brief = new IdentityFixture("token-lifetime: 90s")) {
      Answer answer = brief.askForToken(TENANT, IdentityFixture.form("any", SERVICES));

      assertThat(json(answer.body()).path("expires_in").asInt()).isEqualTo(89);
    }
  }

  @Test
  void entraTellsWhereItsEndpointsAndKeysAre() {
    String base = "http://login.microsoftonline.com/" + TENANT;

    JsonNode known = json(get("/common/v2.0/.well-known/openid-configuration").body());

    assertThat(known.path("token_endpoint").asString()).isEqualTo(base + "/oauth2/v2.0/token");
    assertThat(known.path("jwks_uri").asString()).isEqualTo(base + "/discovery/v2.0/keys");
    assertThat(known.path("issuer").asString())
        .isEqualTo("https://sts.windows.net/" + TENANT + "/");
    assertThat(json(get("/common/.well-known/openid-configuration").body()).path("jwks_uri"))
        .asString()
        .contains("/discovery/keys");
    assertThat(get("/nobody/v2.0/.well-known/openid-configuration").statusLine()).contains(" 400 ");
  }

  @Test
  void aTokenCanBeCheckedWithTheKeyThatEntraShows() throws Exception {
    String[] token = entra.token().split("\\.", -1);
    JsonNode key = json(get("/" + TENANT + "/discovery/v2.0/keys").body()).path("keys").get(0);

    PublicKey rsa =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(rsa);
    check.update((token[0] + "." + token[1]).getBytes(StandardCharsets.UTF_8));

    assertThat(check.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
    String header = new String(Base64.getUrlDecoder().decode(token[0]), StandardCharsets.UTF_8);
    assertThat(json(header).path("kid")).isEqualTo(key.path("kid"));
  }

  private static BigInteger number(JsonNode base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asString()));
  }

  @Test
  void aLibraryThatDoesNotKnowTheAddressIsToldToTrustIt() {
    JsonNode answer = json(get("/common/discovery/instance?api-version=1.1").body());

    assertThat(answer.path("tenant_discovery_endpoint").asString())
        .isEqualTo(
            "http://login.microsoftonline.com/"
                + TENANT
                + "/v2.0/.well-known/openid-configuration");
    assertThat(answer.path("metadata").toString()).contains("login.microsoftonline.com");
  }
}

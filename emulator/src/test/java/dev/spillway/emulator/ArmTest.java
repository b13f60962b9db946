package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resource manager on the wire. */
class ArmTest {

  private static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/spillway";
  private static final String ACCOUNTS = "/providers/Microsoft.CognitiveServices/accounts";
  private static final String CONTOSO = GROUP + ACCOUNTS + "/contoso";
  private static final String MICRO = CONTOSO + "/deployments/micro";
  private static final String VERSION = "?api-version=2024-10-01";
  private static final String CHAT =
      "/openai/deployments/micro/chat/completions?api-version=2024-10-21";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          wire: 2024
          resources:
            contoso:
              keys: [one, two]
              deployments:
                micro: {model: gpt-35-turbo, capacity: 40}
                ptu:   {model: gpt-4o, sku: GlobalProvisionedManaged, capacity: 100, spillover: paygo}
                paygo: {model: gpt-4o, version: "2024-08-06", sku: GlobalStandard, capacity: 7}
            fabrikam:
              region: swedencentral
              kind: AIServices
              keys: [three]
              subscription: 11111111-2222-3333-4444-555555555555
              resource-group: Gpt
          quotas:
            - {region: eastus, model: gpt-35-turbo, limit: 100}
          """);

  private Answer call(String methodAndPath, String body) {
    return emulator.send(
        methodAndPath + " HTTP/1.1\nAuthorization: Bearer any.token.will-do", body);
  }

  private Answer call(String method, String path, String body) {
    return call(method + " " + path + VERSION, body);
  }

  private Answer get(String path) {
    return call("GET", path, "");
  }

  private static void assertRefused(Answer answer, String status, String code, String message) {
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 " + status);
    assertThat(answer.body())
        .startsWith("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
  }

  private Answer chat(String key) {
    return emulator.send(
        "POST " + CHAT + " HTTP/1.1\napi-key: " + key,
        EmulatorFixture.body(640, ",\"max_tokens\":140"));
  }

  @Test
  void aModelThatDoesNotChatDoesNotClaimTo() {
    emulator.control().put(DeploymentSpec.standard("images", "gpt-image-1", Limit.of(1)));

    assertThat(get(MICRO.replace("micro", "images")).body())
        .contains("\"name\":\"gpt-image-1\"", "\"capabilities\":{}");
  }

  @Test
  void aDeploymentLooksAsInAzure() {
    assertThat(get(MICRO).body())
        .matches("(?s).*\"etag\":\"\\\\\"[0-9a-f-]{36}\\\\\"\"}")
        .startsWith(
            """
            {"id":"%s","type":"Microsoft.CognitiveServices/accounts/deployments","name":"micro",\
            "sku":{"name":"Standard","capacity":40},\
            "properties":{"model":{"format":"OpenAI","name":"gpt-35-turbo","version":"0125"},\
            "versionUpgradeOption":"OnceNewDefaultVersionAvailable","currentCapacity":40,\
            "capabilities":{"chatCompletion":"true","maxContextToken":"16385","maxOutputToken":"4096"},\
            "raiPolicyName":"Microsoft.DefaultV2","provisioningState":"Succeeded",\
            "rateLimits":[{"key":"request","renewalPeriod":10,"count":40},\
            {"key":"token","renewalPeriod":60,"count":40000}]},\
            "systemData":{"createdBy":"spillway","createdByType":"Application",\
            "createdAt":"2026-01-02T03:04:05Z","lastModifiedBy":"spillway",\
            "lastModifiedByType":"Application","lastModifiedAt":"2026-01-02T03:04:05Z"},\
            """
                .formatted(MICRO));
  }

  @Test
  void newerModelsAreLimitedByTheMinuteAndProvisionedOnesByRequestsOnly() {
    assertThat(get(CONTOSO + "/deployments/paygo").body())
        .contains("\"version\":\"2024-08-06\"")
        .contains(
            "[{\"key\":\"request\",\"renewalPeriod\":60,\"count\":42},"
                + "{\"key\":\"token\",\"renewalPeriod\":60,\"count\":7000}]");
    assertThat(get(CONTOSO + "/deployments/ptu").body())
        .contains("\"spilloverDeploymentName\":\"paygo\"")
        .contains("\"rateLimits\":[{\"key\":\"request\",\"renewalPeriod\":10,\"count\":300}]");
  }

  @Test
  void rateLimitsAreThoseInForce() {
    var unused =
        emulator
            .control()
            .patch("micro", new DeploymentPatch(null, Limit.of(500), Limit.UNLIMITED, null, null));

    assertThat(get(MICRO).body())
        .contains("\"rateLimits\":[{\"key\":\"token\",\"renewalPeriod\":60,\"count\":500}]");
  }

  @Test
  void aPatchLowersTheLimitAndKeepsWhatTheMinuteHasCharged() {
    assertThat(chat("one").statusLine()).endsWith("200 OK");

    Answer patched = call("PATCH", MICRO, "{\"sku\":{\"name\":\"Standard\",\"capacity\":1}}");

    assertThat(patched.statusLine()).endsWith("200 OK");
    assertThat(patched.body())
        .contains("\"currentCapacity\":1")
        .contains("{\"key\":\"token\",\"renewalPeriod\":60,\"count\":1000}");
    assertThat(emulator.control().deployment("micro").tokens().remaining())
        .isEqualTo(Limit.of(700));
  }

  @Test
  void aPutMakesADeploymentThatCanBeCalled() {
    String body =
        """
        {"sku":{"name":"Standard","capacity":2},"tags":{"team":"gpt"},"properties":{\
        "model":{"format":"OpenAI","name":"gpt-4o","version":"2024-08-06"},\
        "versionUpgradeOption":"NoAutoUpgrade","raiPolicyName":"asynchronous"}}\
        """;
    emulator.clock.advance(Duration.ofSeconds(5));
    Answer made = call("PUT", CONTOSO + "/deployments/new", body);

    assertThat(made.statusLine()).isEqualTo("HTTP/1.1 201 Created");
    assertThat(made.body())
        .isEqualTo(get(CONTOSO + "/deployments/new").body())
        .contains(
            "\"versionUpgradeOption\":\"NoAutoUpgrade\"", "\"raiPolicyName\":\"asynchronous\"")
        .contains("\"createdAt\":\"2026-01-02T03:04:10Z\"", "\"tags\":{\"team\":\"gpt\"}");
    assertThat(emulator.control().deployment("new").tokens().limit()).isEqualTo(Limit.of(2_000));
    assertThat(call("PUT", CONTOSO + "/deployments/NEW", body).statusLine()).endsWith("200 OK");
  }

  @Test
  void whatAGetShowsCanBePutBack() {
    String shown = get(CONTOSO + "/deployments/ptu").body();

    assertThat(call("PUT", CONTOSO + "/deployments/ptu", shown).statusLine()).endsWith("200 OK");
    assertThat(get(CONTOSO + "/deployments/ptu").body())
        .contains("\"spilloverDeploymentName\":\"paygo\"", "\"capacity\":100");
  }

  @Test
  void whatIsRememberedOfADeploymentIsNotTakenForALaterOneOfItsName() {
    String tagged = "{\"tags\":{\"team\":\"\"}}";
    assertThat(call("PATCH", MICRO, tagged).body()).contains("\"tags\":{\"team\":\"\"}");

    emulator.control().delete("micro");
    var unused =
        emulator.control().put(DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(1)));

    assertThat(get(MICRO).body()).doesNotContain("tags");
  }

  @Test
  void aPatchMayChangeTheSku() {
    assertThat(call("PATCH", MICRO, "{\"sku\":{\"name\":\"GlobalStandard\"}}").body())
        .contains("\"sku\":{\"name\":\"GlobalStandard\",\"capacity\":40}");
  }

  @Test
  void aDeletedDeploymentIsGone() {
    assertThat(call("DELETE", MICRO, "").statusLine()).endsWith("200 OK");
    assertThat(call("DELETE", MICRO, "").statusLine()).endsWith("204 No Content");

    assertThat(chat("one").statusLine()).endsWith("404 Not Found");
    assertRefused(
        get(MICRO),
        "404 Not Found",
        "ResourceNotFound",
        "The Resource 'Microsoft.CognitiveServices/accounts/contoso/deployments/micro' under"
            + " resource group 'spillway' was not found.");
  }

  @Test
  void deploymentsAreListed() {
    assertThat(get(CONTOSO + "/deployments").body())
        .startsWith("{\"value\":[{\"id\":\"" + MICRO)
        .contains("\"name\":\"paygo\"", "\"name\":\"ptu\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000000/resourcegroups/SPILLWAY"
            + "/providers/microsoft.cognitiveservices/ACCOUNTS/Contoso/Deployments/MICRO",
        "//subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/spillway"
            + "/providers/Microsoft.CognitiveServices/accounts/contoso/deployments/micro/"
      })
  void idsAreTheSameInAnyCase(String path) {
    assertThat(get(path).body()).startsWith("{\"id\":\"" + MICRO + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /subscriptions/mine/providers/Microsoft.CognitiveServices/accounts|400 Bad Request"
            + "|InvalidSubscriptionId|The provided subscription identifier 'mine' is malformed",
        "GET /subscriptions/99999999-0000-0000-0000-000000000000"
            + "/providers/Microsoft.CognitiveServices/accounts|404 Not Found"
            + "|SubscriptionNotFound|The subscription '99999999-0000",
        "GET {sub}/resourceGroups/other/providers/Microsoft.CognitiveServices/accounts"
            + "|404 Not Found|ResourceGroupNotFound|Resource group 'other' could not be found.",
        "GET {sub}/resourceGroups/spillway/providers/Microsoft.CognitiveServices/accounts/no"
            + "|404 Not Found|ResourceNotFound|The Resource"
            + " 'Microsoft.CognitiveServices/accounts/no' under resource group 'spillway'",
        "GET {sub}/resourceGroups/spillway/providers/Microsoft.CognitiveServices/accounts/fabrikam"
            + "|404 Not Found|ResourceNotFound|The Resource"
            + " 'Microsoft.CognitiveServices/accounts/fabrikam'",
        "GET {sub}/resourceGroups/spillway/providers/Microsoft.Web/sites|404 Not Found"
            + "|InvalidResourceType|The resource type could not be found",
        "PUT {sub}/resourceGroups/spillway/providers/Microsoft.CognitiveServices/accounts/contoso"
            + "|405 Method Not Allowed|MethodNotAllowed|The emulator does not imitate PUT",
      })
  void whatIsNotThereIsNamed(String call, String status, String code, String message) {
    assertRefused(call(call.replace("{sub}", SUBSCRIPTION) + VERSION, "{}"), status, code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "PUT|{|InvalidRequestContent|The request content was invalid and could not be"
            + " deserialized: 'The body is not a JSON object'.",
        "PUT|[]|InvalidRequestContent|The request content was invalid",
        "PUT|{}|InvalidRequestContent|The request content was invalid and could not be"
            + " deserialized: 'Required member 'properties' is missing'.",
        "PUT|{'properties':{}}|InvalidResourceProperties|The model of account deployment is",
        "PUT|{'properties':{'model':{}}}|InvalidResourceProperties|The model name of account",
        "PUT|{'properties':{'model':{'name':'gpt-4o','format':'Meta'}}}"
            + "|InvalidResourceProperties|The model format 'Meta'",
        "PUT|{'sku':{'name':'S0'},'properties':{'model':{'name':'gpt-4o'}}}"
            + "|InvalidResourceProperties|The deployment sku name 'S0' is invalid.",
        "PUT|{'sku':{'capasity':1},'properties':{'model':{'name':'gpt-4o'}}}"
            + "|InvalidRequestContent|The request content was invalid and could not be"
            + " deserialized: 'Could not find member 'sku.capasity''.",
        "PUT|{'sku':{'capacity':0},'properties':{'model':{'name':'gpt-4o'}}}"
            + "|InvalidRequestContent|The request content was invalid and could not be"
            + " deserialized: 'The value of 'sku.capacity' must be a whole number from 1 up'.",
        "PUT|{'name':'other','properties':{'model':{'name':'gpt-4o'}}}"
            + "|InvalidRequestContent|The request content was invalid",
        "PUT|{'properties':{'scaleSettings':{},'model':{'name':'gpt-4o'}}}"
            + "|InvalidResourceProperties|The scale settings of account deployment is deprecated",
        "PUT|{'properties':{'versionUpgradeOption':'Never','model':{'name':'gpt-4o'}}}"
            + "|InvalidResourceProperties|The version upgrade option must be one of",
        "PUT|{'properties':{'spilloverDeploymentName':'a','model':{'name':'gpt-4o'}}}"
            + "|InvalidResourceProperties|'micro' cannot spill over",
        "PUT|{'properties':{'raiPolicyName':'mine','model':{'name':'gpt-4o'}}}"
            + "|InvalidResourceProperties|'micro' names the content filter 'mine', which does not",
        "PATCH|{'properties':{'raiPolicyName':'x'}}|InvalidRequestContent|The request content",
        "PATCH|{'sku':{'capacity':'2'}}|InvalidRequestContent|The request content was invalid",
        "PATCH|{'tags':{'a':1}}|InvalidRequestContent|The request content was invalid",
        "PATCH|-|InvalidRequestContent|The request content was invalid",
      })
  void aBodyThatCannotBeUsedChangesNothing(
      String method, String body, String code, String message) {
    String before = get(MICRO).body();

    Answer answer = call(method, MICRO, body == null ? "" : body.replace('\'', '"'));

    assertRefused(answer, "400 Bad Request", code, message);
    assertThat(get(MICRO).body()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-|MissingApiVersionParameter|The api-version query parameter (?api-version=) is required",
        "2022-12-01|InvalidApiVersionParameter|The api-version '2022-12-01' is invalid.",
        "latest|InvalidApiVersionParameter|The api-version 'latest' is invalid.",
        "v1|InvalidApiVersionParameter|The api-version 'v1' is invalid.",
      })
  void anApiVersionIsNeeded(String version, String code, String message) {
    String query = version == null ? "" : "?api-version=" + version;

    assertRefused(call("GET " + MICRO + query, ""), "400 Bad Request", code, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-05-01", "2025-06-01", "2025-10-01-preview", "2031-01-01"})
  void anyPlausibleApiVersionWillDo(String version) {
    assertThat(call("GET " + MICRO + "?api-version=" + version, "").statusLine()).endsWith("OK");
  }

  @Test
  void withoutATokenNobodyComesIn() {
    Answer answer = emulator.send("GET " + MICRO + VERSION + " HTTP/1.1", "");

    assertRefused(
        answer,
        "401 Unauthorized",
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.\"}}");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer authorization_uri=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic abc", "Bearer", "Bearer a b", "abc"})
  void aTokenThatIsNoneIsNamed(String authorization) {
    assertRefused(
        emulator.send("GET " + MICRO + VERSION + " HTTP/1.1\nAuthorization: " + authorization, ""),
        "401 Unauthorized",
        "AuthenticationFailedInvalidHeader",
        "Authentication failed. The 'Authorization' header is provided in an invalid format.");
  }

  @ParameterizedTest
  @CsvSource({
    "'{listen: \"0.0.0.0:0\"}', Bearer x, 401 Unauthorized",
    "'{listen: \"0.0.0.0:0\", admin-key: secret}', Bearer x, 401 Unauthorized",
    "'{listen: \"0.0.0.0:0\", admin-key: secret}', Bearer secret, 200 OK",
  })
  void whereOthersCanReachItTheTokenIsTheAdminKey(String yaml, String token, String status) {
    try (EmulatorFixture reachable = EmulatorFixture.ofYaml(yaml)) {
      String path = GROUP + ACCOUNTS + "/local/listKeys" + VERSION;

      assertThat(
              reachable
                  .send("POST " + path + " HTTP/1.1\nAuthorization: " + token, "")
                  .statusLine())
          .endsWith(status);
    }
  }

  @Test
  void accountsAreShownAndListed() {
    assertThat(get(CONTOSO).body())
        .startsWith("{\"id\":\"" + CONTOSO + "\",\"name\":\"contoso\"")
        .contains("\"location\":\"eastus\",\"kind\":\"OpenAI\",\"sku\":{\"name\":\"S0\"}")
        .contains("\"endpoint\":\"http://localhost/contoso/\"");
    assertThat(get(GROUP + ACCOUNTS).body())
        .isEqualTo(get(SUBSCRIPTION + ACCOUNTS).body())
        .contains("\"name\":\"contoso\"")
        .doesNotContain("fabrikam");
    assertThat(
            get("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/gpt" + ACCOUNTS)
                .body())
        .contains("/resourceGroups/Gpt/providers/Microsoft.CognitiveServices/accounts/fabrikam")
        .contains("\"location\":\"swedencentral\",\"kind\":\"AIServices\"");
  }

  @Test
  void keysAreSwitchedOffAndOnByTheAccount() {
    Answer off = call("PATCH", CONTOSO, "{\"properties\":{\"disableLocalAuth\":true}}");

    assertThat(off.body()).contains("\"disableLocalAuth\":true");
    assertThat(chat("one").body()).contains("AuthenticationTypeDisabled");
    call("PATCH", CONTOSO, "{\"properties\":{\"disableLocalAuth\":false}}");
    assertThat(chat("one").statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"properties\":{\"disableLocalAuth\":1}}|"
            + "'The value of 'properties.disableLocalAuth' must be true or false'",
        "{\"properties\":{\"customSubDomainName\":\"x\"}}|"
            + "'Could not find member 'properties.customSubDomainName''",
      })
  void whatCannotBeChangedOfAnAccountIsRefused(String body, String message) {
    assertRefused(
        call("PATCH", CONTOSO, body),
        "400 Bad Request",
        "InvalidRequestContent",
        "The request content was invalid and could not be deserialized: " + message);
  }

  @Test
  void everythingOfAzuresOwnHostIsTheResourceManagers() {
    String host = " HTTP/1.1\nHost: management.azure.com\nAuthorization: Bearer x";

    assertThat(emulator.send("GET " + CONTOSO + VERSION + host, "").body())
        .contains("\"endpoint\":\"https://contoso.openai.azure.com/\"");
    assertRefused(
        emulator.send("GET /openai/models" + VERSION + host, ""),
        "404 Not Found",
        "InvalidResourceType",
        "The resource type could not be found: the emulator does not imitate GET /openai/models.");
  }

  @Test
  void keysAreToldAndMadeNew() {
    assertThat(call("POST", CONTOSO + "/listKeys", "").body())
        .isEqualTo("{\"key1\":\"one\",\"key2\":\"two\"}");

    String keys = call("POST", CONTOSO + "/regenerateKey", "{\"keyName\":\"Key1\"}").body();

    assertThat(keys)
        .matches("\\{\"key1\":\"[A-Za-z0-9]{84}\",\"key2\":\"two\"}")
        .isEqualTo(call("POST", CONTOSO + "/listKeys", "").body());
    assertThat(chat("one").statusLine()).endsWith("401 PermissionDenied");
    assertThat(chat("two").statusLine()).endsWith("200 OK");
    assertThat(chat(keys.split("\"", -1)[3]).statusLine()).endsWith("200 OK");
    assertThat(call("POST", CONTOSO + "/regenerateKey", "{\"keyName\":\"Key1\"}").body())
        .isNotEqualTo(keys);
  }

  @Test
  void aSecondKeyCanBeMadeAndAResetTakesItBack() {
    String fabrikam =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/gpt"
            + ACCOUNTS
            + "/fabrikam";
    assertThat(call("POST", fabrikam + "/regenerateKey", "{\"keyName\":\"Key2\"}").body())
        .matches("\\{\"key1\":\"three\",\"key2\":\"[A-Za-z0-9]{84}\"}");

    emulator.control().reset();

    assertThat(call("POST", fabrikam + "/listKeys", "").body()).isEqualTo("{\"key1\":\"three\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"keyName\":\"Key3\"}", "{\"keyName\":\"Key1\",\"x\":1}"})
  void aKeyThatDoesNotExistIsRefused(String body) {
    assertRefused(
        call("POST", CONTOSO + "/regenerateKey", body),
        "400 Bad Request",
        "InvalidRequestContent",
        "The request content was invalid");
    assertThat(chat("one").statusLine()).endsWith("200 OK");
  }

  @Test
  void usagesTellWhatIsLeftOfAQuota() {
    String locations = SUBSCRIPTION + "/providers/Microsoft.CognitiveServices/locations/";

    assertThat(get(locations + "eastus/usages").body())
        .startsWith(
            """
            {"value":[{"name":{"value":"OpenAI.Standard.gpt-35-turbo",\
            "localizedValue":"Tokens Per Minute (thousands) - gpt-35-turbo"},\
            "currentValue":40,"limit":100,"unit":"Count"},\
            """)
        .contains("{\"value\":\"OpenAI.GlobalStandard.gpt-4o\"", "\"currentValue\":7,\"unit\"")
        .contains("\"Global Provisioned Managed Throughput Unit\"");
    assertThat(get(locations + "westus/usages").body()).isEqualTo("{\"value\":[]}");
  }

  @Test
  void modelsAreThoseOfTheCatalogue() {
    String model = "\"name\":\"gpt-4.1-mini\",\"version\":\"2025-04-14\"";

    assertThat(get(CONTOSO + "/models").body()).contains(model);
    assertThat(
            get(SUBSCRIPTION + "/providers/Microsoft.CognitiveServices/locations/eastus/models")
                .body())
        .startsWith("{\"value\":[{\"kind\":\"OpenAI\",\"skuName\":\"S0\",\"model\":{")
        .contains(model);
  }

  @Test
  void moreThanTheQuotaIsRefusedAndChangesNothing() {
    String literal =
        "This operation require 61 new capacity in quota Tokens Per Minute (thousands) -"
            + " gpt-35-turbo, which is bigger than the current available capacity 60. The current"
            + " quota usage is 40 and the quota limit is 100 for quota Tokens Per Minute"
            + " (thousands) - gpt-35-turbo.\"}}";
    String before = get(MICRO).body();

    assertRefused(
        call("PATCH", MICRO, "{\"sku\":{\"name\":\"Standard\",\"capacity\":101}}"),
        "400 Bad Request",
        "InsufficientQuota",
        literal);
    assertRefused(
        call(
            "PUT",
            CONTOSO + "/deployments/second",
            "{\"sku\":{\"name\":\"Standard\",\"capacity\":61},"
                + "\"properties\":{\"model\":{\"name\":\"gpt-35-turbo\"}}}"),
        "400 Bad Request",
        "InsufficientQuota",
        literal);
    assertThat(get(MICRO).body()).isEqualTo(before);
    assertThat(get(CONTOSO + "/deployments/second").statusLine()).endsWith("404 Not Found");
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.ResourceStatus;
import dev.spillway.emulator.RawHttp.Answer;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several resources in one process: by port, by host name, by path. */
class ResourcesTest {

  private static final String CHAT =
      "/openai/deployments/micro/chat/completions?api-version=2024-10-21";
  private static final String BODY = EmulatorFixture.body(0, ",\"max_tokens\":600");

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          wire: 2024
          resources:
            contoso-eastus:
              keys: [east]
              deployments: {micro: {model: gpt-35-turbo, capacity: 1, rpm: unlimited}}
            contoso-sweden:
              listen: 127.0.0.1:0
              hosts: [ai.contoso.com]
              region: swedencentral
              kind: AIServices
              keys: [sweden]
              deployments: {micro: {model: gpt-35-turbo, capacity: 1, rpm: unlimited}}
          """);

  private Answer call(int port, String host, String path, String key) {
    return RawHttp.send(
        port, "POST " + path + " HTTP/1.1\nHost: " + host + "\napi-key: " + key, BODY);
  }

  private Answer call(String host, String path, String key) {
    return call(emulator.emulator.port(), host, path, key);
  }

  private int swedensPort() {
    return emulator.emulator.uri("contoso-sweden").map(URI::getPort).orElseThrow();
  }

  private static void assertServedBy(String region, Answer answer) {
    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(answer.header("x-ms-region")).isEqualTo(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contoso-sweden.openai.azure.com",
        "CONTOSO-Sweden.cognitiveservices.azure.com:443",
        "contoso-sweden.localhost:8080",
        "contoso-sweden",
        "ai.contoso.com"
      })
  void aHostNameThatBeginsWithAResourceMeansIt(String host) {
    assertServedBy("Sweden Central", call(host, CHAT, "sweden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]:8080", "emulator", "contoso"})
  void anyOtherHostNameMeansTheFirst(String host) {
    assertServedBy("East US", call(host, CHAT, "east"));
  }

  @Test
  void aPathThatBeginsWithAResourceMeansIt() {
    assertServedBy("Sweden Central", call("localhost", "/contoso-sweden" + CHAT, "sweden"));
    assertServedBy("East US", call("localhost", "/contoso-eastus" + CHAT, "east"));
  }

  @Test
  void aPortOfItsOwnMeansOneResourceWhateverTheHost() {
    int port = swedensPort();

    assertServedBy("Sweden Central", call(port, "contoso-eastus.localhost", CHAT, "sweden"));
    assertThat(call(port, "localhost", "/contoso-eastus" + CHAT, "sweden").statusLine())
        .endsWith("404 Not Found");
  }

  @Test
  void aHostOfAzuresThatNoResourceHasIsNotFound() {
    Answer answer = call("nobody.openai.azure.com", CHAT, "east");

    assertThat(answer.statusLine()).endsWith("404 Not Found");
    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .extracting(JournalEntry::resource, JournalEntry::reason)
        .containsExactly(null, "no such resource");
  }

  @Test
  void theKeyOfOneResourceOpensNoOther() {
    assertThat(call("localhost", CHAT, "sweden").statusLine()).endsWith("401 PermissionDenied");
    assertThat(call("contoso-sweden", CHAT, "east").statusLine()).endsWith("401 PermissionDenied");
  }

  @Test
  void deploymentsOfOneNameHaveLimitsOfTheirOwn() {
    assertServedBy("East US", call("localhost", CHAT, "east"));
    assertThat(call("localhost", CHAT, "east").statusLine()).endsWith("429 Too Many Requests");

    assertServedBy("Sweden Central", call("contoso-sweden", CHAT, "sweden"));
    Answer refused = call("contoso-sweden", CHAT, "sweden");
    assertThat(refused.body()).contains("your current AIServices S0 pricing tier");
  }

  @Test
  void theSamePromptGetsDifferentIdsFromTwoResources() {
    Answer east = call("localhost", CHAT, "east");
    Answer sweden = call("contoso-sweden", CHAT, "sweden");

    assertThat(east.header("apim-request-id")).isNotEqualTo(sweden.header("apim-request-id"));
  }

  @ParameterizedTest
  @CsvSource({"contoso-eastus, 1", "contoso-sweden, 2"})
  void theJournalKnowsTheResource(String resource, int calls) {
    call("localhost", CHAT, "east");
    call("contoso-sweden", CHAT, "sweden");
    call("localhost", "/contoso-sweden" + CHAT, "wrong");

    assertThat(emulator.control().journal(JournalQuery.all().withResource(resource)))
        .hasSize(calls);
  }

  @Test
  void whatNamesNoResourceIsAboutTheFirst() {
    emulator.control().patch("micro", DeploymentPatch.capacity(7));

    assertThat(emulator.control().resources())
        .extracting(ResourceStatus::name, ResourceStatus::region, ResourceStatus::path)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("contoso-eastus", "eastus", "/contoso-eastus"),
            org.assertj.core.groups.Tuple.tuple(
                "contoso-sweden", "swedencentral", "/contoso-sweden"));
    assertThat(emulator.control().resources().getFirst().deployments().getFirst().tokens().limit())
        .isEqualTo(Limit.of(7_000));
    assertThat(emulator.control().resource("contoso-sweden").deployment("micro"))
        .extracting(DeploymentStatus::path, status -> status.tokens().limit())
        .containsExactly(
            "/contoso-sweden/openai/deployments/micro/chat/completions", Limit.of(1_000));
  }

  @Test
  void aResetGivesEveryResourceItsDeploymentsBack() {
    emulator.control().resource("contoso-sweden").delete("micro");
    emulator.control().delete("micro");

    emulator.control().reset();

    assertThat(emulator.control().health().deployments()).isEqualTo(2);
  }

  @Test
  void aResourceThatIsNotThereCannotBeSteered() {
    assertThatThrownBy(() -> emulator.control().resource("nobody").deployments())
        .isInstanceOf(ControlException.class)
        .hasMessage("there is no resource 'nobody'");
  }

  @Test
  void metricsAreByResource() {
    call("contoso-sweden", CHAT, "sweden");

    assertThat(emulator.send("GET /metrics HTTP/1.1", "").body())
        .contains(
            "spillway_emulator_requests_total{deployment=\"micro\",operation=\"chat/completions\",resource=\"contoso-sweden\","
                + "status=\"200\"} 1.0");
  }

  @Test
  void theSummaryTellsWhereEachIs() {
    URI uri = emulator.emulator.uri();

    assertThat(emulator.emulator.summary())
        .contains("  resource  contoso-eastus (OpenAI, eastus)")
        .contains("  url       " + uri + "/contoso-eastus, Host contoso-eastus.*")
        .contains(
            "  url       http://127.0.0.1:"
                + swedensPort()
                + ", Host contoso-sweden.*, ai.contoso.com");
  }
}

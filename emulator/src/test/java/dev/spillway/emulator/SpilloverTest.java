package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full provisioned deployment, and others that may or may not take its calls. */
class SpilloverTest {

  private static final String VERSION = "2024-10-21";
  private static final String SMALL = EmulatorFixture.words(10, ",\"max_tokens\":1");

  @AutoClose private final EmulatorFixture emulator = start("2026");

  private static EmulatorFixture start(String wire) {
    EmulatorFixture fixture =
        EmulatorFixture.start(
            wire,
            DeploymentSpec.provisioned("ptu", "gpt-4.1", 1),
            DeploymentSpec.provisioned("other-ptu", "gpt-4.1", 1),
            DeploymentSpec.standard("paygo", "gpt-4.1", Limit.of(500)),
            DeploymentSpec.standard("second", "gpt-4.1", Limit.of(500)),
            DeploymentSpec.standard("empty", "gpt-4.1", Limit.of(0)),
            new DeploymentSpec(
                "global",
                "gpt-4.1",
                null,
                "GlobalStandard",
                Limit.of(500),
                null,
                null,
                null,
                null));
    fill(fixture);
    return fixture;
  }

  private static void fill(EmulatorFixture fixture) {
    String large = EmulatorFixture.words(4_000, ",\"max_tokens\":1");
    assertThat(fixture.chat("ptu", VERSION, large).statusLine()).endsWith("200 OK");
    fixture.control().clearJournal();
  }

  private void property(String deployment) {
    emulator.control().patch("ptu", DeploymentPatch.spillover(deployment));
  }

  private Answer call(String header, String body) {
    return emulator.send(
        "POST /openai/deployments/ptu/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: "
            + EmulatorFixture.KEY
            + (header.isEmpty() ? "" : "\nx-ms-spillover-deployment: " + header),
        body);
  }

  @ParameterizedTest
  @CsvSource({
    // property, header, and who answers
    "paygo, '', paygo",
    "'', paygo, paygo",
    "paygo, second, paygo",
    "paygo, nobody, paygo",
  })
  void thePropertyOrElseTheHeaderNamesWhoTakesTheCall(
      String property, String header, String server) {
    property(property);

    Answer answer = call(header, SMALL);

    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(answer.header("x-ms-is-spilled-over")).isEqualTo("true");
    assertThat(answer.header("x-ms-spillover-from-deployment")).isEqualTo("ptu");
    assertThat(answer.header("x-ms-deployment-name")).isEqualTo(server);
    assertThat(answer.header("x-ms-spillover-error")).isEmpty();
    assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("500000");
  }

  @ParameterizedTest
  @CsvSource({
    // property, header, and the status with which the spillover failed
    "empty, '', 429",
    "'', empty, 429",
    "empty, paygo, 429",
    "nobody, '', 404",
    "other-ptu, '', 400",
    "ptu, '', 400",
    "global, '', 400",
  })
  void aSpilloverThatFailsLeavesTheProvisionedDeploymentsOwnAnswer(
      String property, String header, String status) {
    property("");
    Answer original = call("", SMALL);
    property(property);

    Answer answer = call(header, SMALL);

    assertThat(original.statusLine()).endsWith("429 Too Many Requests");
    assertThat(answer.statusLine()).isEqualTo(original.statusLine());
    assertThat(answer.body()).isEqualTo(original.body());
    assertThat(answer.header("retry-after-ms")).isEqualTo(original.header("retry-after-ms"));
    assertThat(answer.header("x-ms-spillover-error")).isEqualTo(status);
    assertThat(answer.header("x-ms-is-spilled-over")).isEmpty();
  }

  @Test
  void withoutASpilloverARefusalIsARefusal() {
    Answer answer = call("", SMALL);

    assertThat(answer.statusLine()).endsWith("429 Too Many Requests");
    assertThat(answer.headers()).noneMatch(line -> line.contains("spill"));
  }

  @Test
  void aPromptThatIsTooLongSpillsOverToo() {
    emulator.control().put(DeploymentSpec.provisioned("large", "gpt-4.1", 100));
    emulator.control().patch("large", DeploymentPatch.spillover("paygo"));

    Answer answer =
        emulator.chat("large", VERSION, EmulatorFixture.words(130_000, ",\"max_tokens\":1"));

    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(answer.header("x-ms-spillover-from-deployment")).isEqualTo("large");
    assertThat(answer.body()).contains("\"prompt_tokens\":130007,");
  }

  @Test
  void aBodyThatIsWrongDoesNotSpillOver() {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4.1", 100));
    property("paygo");

    Answer answer = call("", "{}");

    assertThat(answer.statusLine()).endsWith("400 Bad Request");
    assertThat(answer.header("x-ms-spillover-error")).isEmpty();
    assertThat(emulator.control().deployment("paygo").requests().remaining())
        .isEqualTo(Limit.of(500));
  }

  @Test
  void aCallThatThereIsRoomForStays() {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4.1", 100));
    property("paygo");

    Answer answer = call("", SMALL);

    assertThat(answer.header("x-ms-is-spilled-over")).isEqualTo("false");
    assertThat(answer.header("x-ms-deployment-name")).isEqualTo("ptu");
  }

  @Test
  void aStandardDeploymentDoesNotSpillOver() {
    Answer answer =
        emulator.send(
            "POST /openai/deployments/empty/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: "
                + EmulatorFixture.KEY
                + "\nx-ms-spillover-deployment: paygo",
            SMALL);

    assertThat(answer.statusLine()).endsWith("429 Too Many Requests");
    assertThat(answer.header("x-ms-spillover-error")).isEmpty();
  }

  @Test
  void aStreamSpillsOverBeforeItsFirstByte() {
    property("paygo");

    Answer answer = call("", EmulatorFixture.words(10, ",\"max_tokens\":1,\"stream\":true"));

    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(answer.header("x-ms-is-spilled-over")).isEqualTo("true");
    assertThat(answer.events().getLast()).startsWith("[DONE]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024", "2025", "2026"})
  void theHeadersAreTheSameInEveryYear(String wire) {
    try (EmulatorFixture other = start(wire)) {
      other.control().patch("ptu", DeploymentPatch.spillover("paygo"));

      assertThat(other.chat("ptu", VERSION, SMALL).headers())
          .contains(
              "x-ms-spillover-from-deployment: ptu",
              "x-ms-deployment-name: paygo",
              "x-ms-is-spilled-over: true");
    }
  }

  @Test
  void theJournalShowsBothInOneEntryAndTheMetricsCountBoth() {
    property("paygo");
    call("", SMALL);

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.deployment()).isEqualTo("paygo");
          assertThat(entry.spilledFrom()).isEqualTo("ptu");
          assertThat(entry.status()).isEqualTo(200);
        });
    assertThat(emulator.control().journal(JournalQuery.ofDeployment("ptu"))).hasSize(1);
    assertThat(emulator.control().journal(JournalQuery.ofDeployment("paygo"))).hasSize(1);
    assertThat(emulator.send("GET /metrics HTTP/1.1", "").body())
        .contains(
            "requests_total{deployment=\"ptu\",operation=\"chat/completions\",resource=\"local\",status=\"429\"} 1.0")
        .contains(
            "requests_total{deployment=\"paygo\",operation=\"chat/completions\",resource=\"local\",status=\"200\"} 1.0");
  }

  @Test
  void theJournalOfAFailedSpilloverShowsTheRefusal() {
    property("empty");
    call("", SMALL);

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .extracting(JournalEntry::deployment, JournalEntry::status, JournalEntry::reason)
        .containsExactly("ptu", 429, "throughput");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spillover", "spilloverDeploymentName"})
  void theControlApiTakesBothNames(String member) {
    String body =
        "{\"model\":\"gpt-4.1\",\"sku\":\"ProvisionedManaged\",\"capacity\":1,\"%s\":\"paygo\"}"
            .formatted(member);

    emulator.send("PUT /emulator/deployments/new HTTP/1.1", body);
    emulator.send(
        "PATCH /emulator/deployments/ptu HTTP/1.1", "{\"%s\":\"paygo\"}".formatted(member));

    assertThat(emulator.control().deployment("new").spec().spillover()).isEqualTo("paygo");
    assertThat(emulator.control().deployment("ptu").spec().spillover()).isEqualTo("paygo");
  }
}

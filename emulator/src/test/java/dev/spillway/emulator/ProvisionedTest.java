package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One PTU of gpt-4o: 2,500 tokens a minute, of which a token of an answer takes 4. */
class ProvisionedTest {

  private static final String VERSION = "2024-10-21";
  private static final String UTILIZATION = "azure-openai-deployment-utilization";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          DeploymentSpec.provisioned("ptu", "gpt-4o", 1),
          DeploymentSpec.provisioned("large", "gpt-4.1", 100),
          DeploymentSpec.provisioned("thinking", "gpt-5.4", 100),
          DeploymentSpec.provisioned("vast", "gpt-4o", 1_000_000));

  /** Costs so many tokens, on arrival and when it is done. */
  private Answer cost(String deployment, int tokens) {
    return emulator.chat(
        deployment, VERSION, EmulatorFixture.words(tokens - 11, ",\"max_tokens\":1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024", "2025", "2026"})
  void anAnswerShowsTheUtilizationInTheLimitsPlace(String wire) {
    try (EmulatorFixture other =
        EmulatorFixture.start(wire, DeploymentSpec.provisioned("ptu", "gpt-4o", 1))) {
      Answer answer = other.chat("ptu", VERSION, EmulatorFixture.words(924, ",\"max_tokens\":1"));

      assertThat(answer.header(UTILIZATION)).isEqualTo("37.4%");
      assertThat(answer.headers()).noneMatch(line -> line.startsWith("x-ratelimit-"));
    }
  }

  @Test
  void theUtilizationOfAnAnswerHasTheEstimateAndTheNextOneTheActualCost() {
    Answer first = emulator.chat("ptu", VERSION, EmulatorFixture.words(0, ",\"max_tokens\":600"));
    assertThat(first.header(UTILIZATION)).isEqualTo("96.3%");
    int completion = completionTokens(first);

    Double utilization = emulator.control().deployment("ptu").utilization();

    assertThat(utilization).isEqualTo((7 + 4 * completion) / 25.0);
  }

  private static int completionTokens(Answer answer) {
    return Integer.parseInt(answer.body().replaceAll("(?s).*\"completion_tokens\":(\\d+).*", "$1"));
  }

  @Test
  void whoeverSleepsJustRetryAfterMsIsServed() {
    assertThat(cost("ptu", 3_333).statusLine()).endsWith("200 OK");
    Answer refused = cost("ptu", 20);
    assertThat(refused.statusLine()).endsWith("429 Too Many Requests");
    assertThat(refused.header(UTILIZATION)).isEqualTo("133.3%");
    assertThat(refused.header("retry-after-ms")).isEqualTo("19992");
    assertThat(refused.header("retry-after")).isEqualTo("20");

    emulator.clock.advance(Duration.ofMillis(19_991));
    assertThat(cost("ptu", 20).statusLine()).endsWith("429 Too Many Requests");
    emulator.clock.advance(Duration.ofMillis(1));

    assertThat(cost("ptu", 20).statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @CsvSource({
    // words, cached tokens of the same prompt again: frame of 4, then steps of 128 from 1,024 on
    "1000, 0",
    "1019, 0",
    "1020, 1024",
    "1147, 1024",
    "1148, 1152",
    "2000, 1920",
  })
  void theBeginningOfAPromptIsCachedInSteps(int words, int cached) {
    String body = EmulatorFixture.words(words, ",\"max_tokens\":1");
    Answer first = emulator.chat("vast", VERSION, body);

    Answer second = emulator.chat("vast", VERSION, body);

    assertThat(first.body()).contains("\"cached_tokens\":0}");
    assertThat(second.body()).contains("\"cached_tokens\":" + cached + "}");
  }

  @Test
  void cachedTokensCostNothing() {
    assertThat(cost("ptu", 2_011).header(UTILIZATION)).isEqualTo("80.4%");
    emulator.clock.advance(Duration.ofMinutes(1));

    // 2,007 tokens of prompt, of which 1,920 are cached
    assertThat(cost("ptu", 2_011).header(UTILIZATION)).isEqualTo("3.6%");
    assertThat(emulator.control().deployment("ptu").utilization()).isEqualTo(91 / 25.0);
  }

  @Test
  void whatIsCachedIsForgottenTenMinutesAfterItsLastUse() {
    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":0}");
    emulator.clock.advance(Duration.ofSeconds(599));
    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":1920}");
    emulator.clock.advance(Duration.ofSeconds(599));
    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":1920}");

    emulator.clock.advance(Duration.ofMinutes(10));

    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":0}");
  }

  @Test
  void eachDeploymentHasACacheOfItsOwnAndAResetEmptiesIt() {
    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":0}");
    assertThat(cost("large", 2_000).body()).contains("\"cached_tokens\":0}");

    emulator.control().reset();

    assertThat(cost("vast", 2_000).body()).contains("\"cached_tokens\":0}");
  }

  @Test
  void aStandardDeploymentTellsWhatIsCachedAndChargesAllTheSame() {
    String body = EmulatorFixture.words(2_000, ",\"max_tokens\":1");
    emulator.chat("mini", VERSION, body);
    Limit before = emulator.control().deployment("mini").tokens().remaining();

    assertThat(emulator.chat("mini", VERSION, body).body()).contains("\"cached_tokens\":1920}");

    assertThat(before.count() - emulator.control().deployment("mini").tokens().remaining().count())
        .isEqualTo(1_501);
  }

  @Test
  void aPromptThatIsTooLongForItIsRefusedAndCostsNothing() {
    Answer refused =
        emulator.chat("large", VERSION, EmulatorFixture.words(127_994, ",\"max_tokens\":1"));

    assertThat(refused.statusLine()).endsWith("400 Bad Request");
    assertThat(refused.header(UTILIZATION)).isEqualTo("0.0%");
    assertThat(refused.body())
        .isEqualTo(
            """
            {
              "error": {
                "message": "This model's maximum context length is 128000 tokens. However, your messages resulted in 128001 tokens. Please reduce the length of the messages.",
                "type": "invalid_request_error",
                "param": "messages",
                "code": "context_length_exceeded"
              }
            }
            """);
    assertThat(cost("large", 128_004).statusLine()).endsWith("200 OK");
  }

  @Test
  void reasoningModelsSayItInTheirOwnWords() {
    assertThat(emulator.chat("thinking", VERSION, EmulatorFixture.words(128_000, "")).body())
        .contains(
            "Input tokens exceed the configured limit of 128000 tokens. Your messages resulted in"
                + " 128006 tokens. Please reduce the length of the messages.");
  }

  @Test
  void aStreamThatIsLeftCostsWhatItProduced() throws IOException {
    String body = EmulatorFixture.body(4, ",\"n\":128,\"max_tokens\":400,\"stream\":true");
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      String head =
          "POST /openai/deployments/large/chat/completions?api-version=%s HTTP/1.1\r\nHost: x\r\napi-key: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(VERSION, EmulatorFixture.KEY, body.length());
      caller.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      assertThat(caller.getInputStream().readNBytes(15)).hasSize(15);
      assertThat(used("large")).isEqualTo(8 + 4 * 128 * 400);
    }
    await().until(() -> emulator.emulator.unsettledPermits() == 0);

    JournalEntry entry = emulator.control().journal(JournalQuery.all()).getLast();
    assertThat(entry.end()).isEqualTo(JournalEntry.CANCELLED);
    assertThat(used("large"))
        .isEqualTo(8L + 4L * Objects.requireNonNull(entry.completionTokens()))
        .isLessThan(8L + 4L * 128 * 400);
  }

  private long used(String deployment) {
    WindowStatus tokens = emulator.control().deployment(deployment).tokens();
    return tokens.limit().count() - tokens.remaining().count();
  }

  @Test
  void itsStatusShowsItsUtilizationAndNoLimitForRequests() {
    cost("ptu", 1_000);

    assertThat(emulator.control().deployment("ptu"))
        .isEqualTo(
            new DeploymentStatus(
                "local",
                DeploymentSpec.provisioned("ptu", "gpt-4o", 1),
                "/openai/deployments/ptu/chat/completions",
                new WindowStatus(Limit.of(2_500), Limit.of(1_500), 60, 24_000),
                new WindowStatus(Limit.UNLIMITED, Limit.UNLIMITED, 60, 0),
                40.0,
                null));
  }

  @Test
  void anotherCapacityTakesEffectAtOnceAndKeepsWhatIsInUse() {
    cost("ptu", 2_000);

    assertThat(emulator.control().patch("ptu", DeploymentPatch.capacity(2)).utilization())
        .isEqualTo(40.0);
  }

  @Test
  void limitsSetApartAreRefusedInOneLine() {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> emulator.control().patch("ptu", DeploymentPatch.rpm(Limit.of(1))))
        .withMessage("'ptu' is provisioned: its capacity counts PTUs, and it takes no tpm or rpm");
  }

  @Test
  void theMetricsShowUtilizationAndThe429() {
    cost("ptu", 3_000);
    cost("ptu", 20);

    assertThat(emulator.send("GET /metrics HTTP/1.1", "").body())
        .contains(
            "spillway_emulator_utilization{deployment=\"ptu\",limit=\"tokens\",resource=\"local\"} 120.0")
        .contains(
            "spillway_emulator_requests_total{deployment=\"ptu\",operation=\"chat/completions\",resource=\"local\",status=\"429\"} 1.0")
        .doesNotContain("utilization{deployment=\"mini\"}");
  }

  @Test
  void theSummaryShowsPtusAndWhereTheySpillTo() {
    try (EmulatorFixture other =
        EmulatorFixture.ofYaml(
            """
            listen: 127.0.0.1:0
            resources:
              contoso:
                deployments:
                  ptu: {model: gpt-4o, sku: ProvisionedManaged, capacity: 100, spillover: paygo}
                  paygo: {model: gpt-4o, capacity: 40}
            """)) {
      assertThat(other.emulator.summary())
          .contains(
              "ptu              gpt-4o                          100 PTU  unlimited, spills to paygo");
    }
  }
}

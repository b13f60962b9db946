package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.Limit;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the headers say of callers who do not wait. */
class AbusePenaltyTest {

  private static final String YAML =
      """
      listen: 127.0.0.1:0
      abuse-penalty: %s
      resources:
        local:
          deployments:
            mini: {model: gpt-4.1-mini, capacity: 40, rpm: 1}
      """;

  @AutoClose
  private final EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML.formatted("true"));

  private static RawHttp.Answer chat(EmulatorFixture emulator, String deployment) {
    return RawHttp.send(
        emulator.emulator.port(),
        "POST /openai/deployments/"
            + deployment
            + "/chat/completions?api-version=2024-10-21"
            + " HTTP/1.1\napi-key: emulator-key\nContent-Type: application/json",
        EmulatorFixture.body(4, ",\"max_tokens\":1"));
  }

  private static void assertRequests(
      RawHttp.Answer answer, String remaining, String resetMillis, String penalty) {
    assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo(remaining);
    assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo(resetMillis);
    assertThat(answer.header("x-ratelimit-abusepenalty-active")).isEqualTo(penalty);
  }

  private void pass(long seconds) {
    assertThat(emulator.control().advance(Duration.ofSeconds(seconds)).frozen()).isTrue();
  }

  @Test
  void headersTellThePenaltyAndItsEnd() {
    assertRequests(chat(emulator, "mini"), "0", "60000", "False");
    assertRequests(chat(emulator, "mini"), "0", "60000", "False");

    pass(2);
    RawHttp.Answer penalized = chat(emulator, "mini");

    assertThat(penalized.statusLine()).endsWith("429 Too Many Requests");
    assertRequests(penalized, "-1", "118000", "True");
    assertThat(penalized.header("retry-after-ms")).isEqualTo("118000");
    assertThat(emulator.control().deployment("mini").requests().remaining()).isEqualTo(Limit.of(0));
    pass(118);
    assertRequests(chat(emulator, "mini"), "0", "60000", "False");
  }

  @Test
  void nobodyIsPenalizedUnlessItIsAskedFor() {
    try (EmulatorFixture lenient = EmulatorFixture.ofYaml(YAML.formatted("false"))) {
      for (int i = 0; i < 3; i++) {
        RawHttp.Answer unused = chat(lenient, "mini");
      }

      assertRequests(chat(lenient, "mini"), "0", "60000", "False");
    }
  }
}

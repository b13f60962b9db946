package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import dev.spillway.wire.HeaderNames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left after each call of a series is what each year's rule says, on the wire. */
class RemainingTokensTest {

  private static final long LIMIT = 40_000;

  /** A prompt's characters and what else the body says; the charges below are theirs, in order. */
  private record Ask(int characters, String more) {}

  private static final List<Ask> SERIES =
      List.of(
          new Ask(34, ""),
          new Ask(67, ""),
          new Ask(67, ",\"n\":2"),
          new Ask(67, ",\"max_tokens\":100"),
          new Ask(150, ",\"max_tokens\":24,\"n\":3"),
          new Ask(0, ",\"max_completion_tokens\":7,\"max_tokens\":9"));

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    // ceil(characters / 4) + (max_tokens, else 16), times n
    "2023, documented, gpt-35-turbo, 25 33 66 117 186 7",
    "2024, documented, gpt-35-turbo, 25 33 66 117 186 7",
    "2025, documented, gpt-35-turbo, 25 33 66 117 186 7",
    "2026, documented, gpt-35-turbo, 25 33 66 117 186 7",
    "2024, documented, gpt-4o-mini, 25 33 66 117 186 7",
    "2026, documented, gpt-4.1-mini, 25 33 66 117 186 7",
    // (max_tokens, else 16) times n
    "2023, measured, gpt-35-turbo, 16 16 32 100 72 7",
    "2024, measured, gpt-4-32k, 16 16 32 100 72 7",
    // ceil(characters / 4) + (max_tokens, else 640), times n
    "2024, measured, gpt-4o-mini, 649 657 1314 117 186 7",
    // ceil(characters / 4) + max_tokens, times n
    "2025, measured, gpt-4.1-mini, 9 17 34 117 186 7",
    // the same and 5
    "2026, measured, gpt-4.1-mini, 14 22 44 122 201 12",
  })
  void eachAnswerTellsWhatTheRuleLeft(String wire, String rule, String model, String charges) {
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml(wire, rule, model))) {
      List<Long> expected = Arrays.stream(charges.split(" ")).map(Long::valueOf).toList();
      long left = LIMIT;
      for (int call = 0; call < SERIES.size(); call++) {
        left -= expected.get(call);
        assertThat(remainingAfter(emulator, SERIES.get(call), wire))
            .as("call %d", call + 1)
            .isEqualTo(left);
      }
    }
  }

  private static String yaml(String wire, String rule, String model) {
    return """
    listen: 127.0.0.1:0
    wire: %s
    charge: %s
    resources: {a: {keys: [%s], deployments: {it: {model: %s, tpm: %d, rpm: unlimited}}}}
    """
        .formatted(wire, rule, EmulatorFixture.KEY, model, LIMIT);
  }

  /** As the header tells it; in 2023 there was none, so as the control API does. */
  private static long remainingAfter(EmulatorFixture emulator, Ask ask, String wire) {
    String body = EmulatorFixture.body(ask.characters(), ask.more());
    Answer answer = emulator.chat("it", "2024-10-21", body);
    assertThat(answer.statusLine()).endsWith("200 OK");
    String header = answer.header(HeaderNames.REMAINING_TOKENS);
    if (wire.equals("2023")) {
      assertThat(header).isEmpty();
      return emulator.control().deployment("it").tokens().remaining().count();
    }
    return Long.parseLong(header);
  }
}

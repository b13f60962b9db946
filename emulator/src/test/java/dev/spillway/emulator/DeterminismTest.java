package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {

  private static final String VERSION = "2024-10-21";

  @ParameterizedTest
  @ValueSource(strings = {"2024", "2026"})
  void theSameSeedAndTheSameCallsGiveTheSameBytes(String wire) {
    assertThat(play(wire)).isEqualTo(play(wire));
  }

  private static List<Answer> play(String wire) {
    String body = EmulatorFixture.body(400, ",\"n\":2");
    String stream = EmulatorFixture.body(400, ",\"stream\":true,\"max_tokens\":60");
    List<Answer> answers = new ArrayList<>();
    try (EmulatorFixture emulator = EmulatorFixture.start(wire)) {
      for (int round = 0; round < 3; round++) {
        answers.add(emulator.chat("mini", VERSION, body));
        answers.add(emulator.chat("mini", VERSION, stream));
        answers.add(emulator.chat("micro", VERSION, body));
        answers.add(emulator.chat("micro", VERSION, body));
        answers.add(emulator.chat("nobody", VERSION, body));
        answers.add(emulator.chat("mini", VERSION, "{"));
        answers.add(emulator.send("GET /x HTTP/1.1", ""));
        emulator.clock.advance(Duration.ofMillis(7_777));
        emulator.control().patch("mini", DeploymentPatch.capacity(10));
      }
    }
    return answers;
  }
}

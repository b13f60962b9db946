package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that a request asks for itself. */
class FaultsByHeaderTest {

  private static final String YAML =
      """
      listen: 127.0.0.1:0
      resources:
        local: {deployments: {mini: {model: gpt-4.1-mini, capacity: 100}}}
      """;

  private static Answer ask(EmulatorFixture emulator, String fault) {
    return emulator.send(
        "POST /openai/deployments/mini/chat/completions?api-version=2024-10-21 HTTP/1.1\n"
            + "api-key: emulator-key\nx-emulator-fault: "
            + fault,
        EmulatorFixture.body(1, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"retry-after-ms-0", "preset retry-after-ms-0", "delay 1s; retry-after-ms-0"})
  void aRequestHasTheFaultItAsksForWhereThatIsAllowed(String fault) {
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML + "faults-by-header: true")) {
      assertThat(ask(emulator, fault).header("retry-after-ms")).isEqualTo("0");
      assertThat(ask(emulator, "").statusLine()).endsWith("200 OK");
      assertThat(emulator.control().journal(JournalQuery.all()))
          .extracting(JournalEntry::reason)
          .containsExactly(
              fault.replaceAll(".*; ", "").replaceAll("^(preset )?", "preset ") + " at before",
              null);
    }
  }

  @Test
  void elsewhereTheHeaderIsNotLookedAt() {
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML)) {
      assertThat(ask(emulator, "reset at before").statusLine()).endsWith("200 OK");
    }
  }

  @Test
  void whatCannotBeReadIsA400ThatSaysWhy() {
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML + "faults-by-header: true")) {
      Answer answer = ask(emulator, "reset at noon");

      assertThat(answer.statusLine()).startsWith("HTTP/1.1 400");
      assertThat(answer.body()).contains("'at' is one of before, headers, body, byte 100, chunk 3");
    }
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import dev.spillway.emulator.http.ListenException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorTest {

  private static final String VERSION = "2024-10-21";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2024",
          DeploymentSpec.standard("burst", "gpt-35-turbo", Limit.of(1)).withRpm(Limit.UNLIMITED),
          DeploymentSpec.standard("nano", "gpt-5-nano", Limit.of(100)));

  @Test
  void thirtyTwoCallersAtOnceGetThreeAnswersOf300TokensOutOf1000() throws Exception {
    String body = EmulatorFixture.body(0, ",\"max_tokens\":300");
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 32; i++) {
        answers.add(callers.submit(() -> emulator.chat("burst", VERSION, body)));
      }
    }

    long answered = 0;
    for (Future<Answer> answer : answers) {
      answered += answer.get().statusLine().endsWith("200 OK") ? 1 : 0;
    }
    assertThat(answered).isEqualTo(3);
  }

  @Test
  void aBodyThatCannotBeReadCostsOneRequestAndNoTokens() {
    assertThat(emulator.chat("nano", VERSION, "{").statusLine()).endsWith("400 Bad Request");

    assertThat(emulator.control().deployment("nano").requests().remaining())
        .isEqualTo(Limit.of(99));
    assertThat(emulator.control().deployment("nano").tokens().remaining())
        .isEqualTo(Limit.of(100_000));
  }

  @Test
  void halfASurrogatePairInAPromptIsAnswered() {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800 <|endoftext|>\"}]}";

    assertThat(emulator.chat("nano", VERSION, body).statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noAnswerIsBilledMoreTokensThanItWasAllowed(int allowed) {
    String body = EmulatorFixture.body(4, ",\"max_completion_tokens\":" + allowed);

    assertThat(emulator.chat("mini", VERSION, body).body())
        .contains("\"completion_tokens\":" + allowed + ",");
  }

  @Test
  void anAddressThatIsTakenIsOneClearLine() {
    String taken = "127.0.0.1:" + emulator.emulator.port();

    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(() -> EmulatorFixture.ofYaml("listen: " + taken))
        .withMessage(taken + " is already in use");
  }

  @Test
  void theSummaryTellsWhereAndHowToCall() {
    String uri = emulator.emulator.uri().toString();

    assertThat(emulator.emulator.summary())
        .isEqualTo(
            """
            Spillway emulator at %1$s, speaking as Azure OpenAI of 2024
              control   %1$s/emulator/

              resource  local (OpenAI, eastus)
              api-key   emulator-key-1 or emulator-key-2
              deployment       model                            tokens  requests
              micro            gpt-35-turbo                1,000 / min  1 / 10 s
              35turbo          gpt-35-turbo               40,000 / min  40 / 10 s
              mini             gpt-4.1-mini              120,000 / min  120 / min
              burst            gpt-35-turbo                1,000 / min  unlimited
              nano             gpt-5-nano                100,000 / min  100 / min

            Try it:
              curl '%1$s/openai/deployments/micro/chat/completions?api-version=2024-10-21' \
            -H 'api-key: emulator-key-1' -H 'Content-Type: application/json' \
            -d '{"messages":[{"role":"user","content":"Hello"}]}'\
            """
                .formatted(uri));
  }

  @Test
  void brokenHttpIsAnsweredAsJson() {
    Answer answer = emulator.send("GET /openai/%zz HTTP/1.1", "");

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 400");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"400\",\"message\": \"The HTTP request cannot be read.\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY"})
  void onlyAPostCompletesAChat(String method) {
    Answer answer =
        emulator.send(
            method
                + " /openai/deployments/micro/chat/completions?api-version=2024-10-21 HTTP/1.1\n"
                + "api-key: emulator-key-1",
            "");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body())
        .isEqualTo("{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");
  }
}

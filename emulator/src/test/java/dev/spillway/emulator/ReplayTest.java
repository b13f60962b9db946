package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.RecordingsPatch;
import dev.spillway.control.RecordingsStatus.RecordingLine;
import dev.spillway.control.WindowStatus;
import dev.spillway.yaml.YamlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

  private static final String WHOLE =
      """
        status: 200
        after: 40ms
        headers:
          Content-Type: application/json; odd
          x-ratelimit-remaining-tokens: '7'
          openai-processing-ms: '39'
          x-request-id: of-the-recording
        text: |
          {"id": "%s", "usage": {"prompt_tokens": 10, "completion_tokens": 20}}
      """;

  private static final String STREAM =
      """
        status: 200
        after: 40ms
        headers: {Content-Type: text/event-stream}
        events:
          - {data: '{"n":1}'}
          - {after: 60ms, data: '{"n":2}'}
          - {data: '[DONE]'}
      """;

  @TempDir private Path folder;

  @Test
  void theRecordedBytesComeWithTheEmulatorsOwnLimitsAndIds() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer answer = ask(emulator, "Hi", "");

      assertThat(answer.body()).startsWith("{\"id\": \"one\", ").endsWith("}}\n");
      assertThat(answer.header("Content-Type")).isEqualTo("application/json; odd");
      assertThat(answer.header("openai-processing-ms")).isEqualTo("39");
      assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("983");
      assertThat(answer.header("x-request-id")).isNotEqualTo("of-the-recording");
    }
  }

  @Test
  void limitsApplyAndARefusedCallPlaysNothing() throws IOException {
    recorded("a.yaml", "Hi", ",\"max_tokens\":600", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer first = ask(emulator, "Hi", ",\"max_tokens\":600");
      RawHttp.Answer second = ask(emulator, "Hi", ",\"max_tokens\":600");

      assertThat(first.statusLine()).contains("200");
      assertThat(second.statusLine()).contains("429");
      assertThat(second.body()).contains("exceeded the token rate limit");
      assertThat(emulator.control().recordings().recordings())
          .extracting(RecordingLine::hits)
          .containsExactly(1);
    }
  }

  @Test
  void theJournalHasTheRecordedUsage() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer unused = ask(emulator, "Hi", "");

      JournalEntry entry = emulator.control().journal(JournalQuery.all()).getFirst();
      assertThat(entry.deployment()).isEqualTo("micro");
      assertThat(entry.promptTokens()).isEqualTo(10);
      assertThat(entry.completionTokens()).isEqualTo(20);
      assertThat(entry.chargedTokens()).isEqualTo(17);
    }
  }

  @Test
  void aProvisionedDeploymentIsChargedWhatTheRecordingSays() throws IOException {
    Files.writeString(
        folder.resolve("p.yaml"),
        recording("ptu", "Hi", "").replace("micro", "ptu") + WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer unused = emulator.post(path("ptu"), EmulatorFixture.asking("Hi", ""));

      assertThat(emulator.control().deployment("ptu").tokens().remaining())
          .isEqualTo(Limit.of(2_500 - 10 - 4 * 20));
    }
  }

  @Test
  void anErrorIsReplayedWithItsWait() throws IOException {
    recorded(
        "a.yaml",
        "Hi",
        "",
        """
          status: 429
          headers: {Content-Type: application/json, Retry-After: '7'}
          body: {error: {code: '429', message: recorded}}
        """);

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer answer = ask(emulator, "Hi", "");

      assertThat(answer.statusLine()).contains("429");
      assertThat(answer.header("Retry-After")).isEqualTo("7");
      assertThat(answer.body())
          .isEqualTo("{\"error\":{\"code\":\"429\",\"message\":\"recorded\"}}");
      JournalEntry entry = emulator.control().journal(JournalQuery.all()).getFirst();
      assertThat(entry.retryAfterMillis()).isEqualTo(7_000);
      assertThat(entry.reason()).isEqualTo("recorded");
    }
  }

  @ParameterizedTest
  @CsvSource({"last, one two two two", "cycle, one two one two"})
  void severalAnswersToOneRequestComeInTheirOrder(String repeat, String order) throws IOException {
    recorded("hi-12345678.yaml", "Hi", "", WHOLE.formatted("one"));
    recorded("hi-12345678-2.yaml", "Hi", "", WHOLE.formatted("two"));

    try (EmulatorFixture emulator = replay("repeat: " + repeat)) {
      for (String id : order.split(" ", -1)) {
        assertThat(ask(emulator, "Hi", "").body()).contains(id);
      }
    }
  }

  @Test
  void aStreamComesAtOnceWhileTheClockStandsStill() throws IOException {
    recorded("a.yaml", "Hi", ",\"stream\":true", STREAM);

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer answer = ask(emulator, "Hi", ",\"stream\":true");

      assertThat(answer.body()).isEqualTo("data: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"recorded, 100", "x2, 50", "x0.5, 200"})
  void aStreamTakesAsLongAsWhenItWasRecordedOrScaled(String speed, long millis) throws IOException {
    recorded("a.yaml", "Hi", ",\"stream\":true", STREAM);

    try (EmulatorFixture emulator = replay("speed: " + speed)) {
      CompletableFuture<RawHttp.Answer> answer =
          CompletableFuture.supplyAsync(() -> ask(emulator, "Hi", ",\"stream\":true"));
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> {
            emulator.clock.advance(Duration.ofMillis(1));
            return answer.isDone();
          });

      JournalEntry entry = emulator.control().journal(JournalQuery.all()).getFirst();
      assertThat(Duration.between(entry.at(), entry.endedAt()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(millis));
      assertThat(answer.join().body()).contains("[DONE]");
    }
  }

  @Test
  void aCutIsReplayedAsACut() throws IOException {
    recorded("a.yaml", "Hi", ",\"stream\":true", STREAM + "  rest: 'data: {\"n\"'\n  cut: true\n");

    try (EmulatorFixture emulator = replay("")) {
      assertThat(rawBody(emulator)).contains("data: {\"n\"").doesNotEndWith("\r\n0\r\n\r\n");
      assertThat(emulator.control().journal(JournalQuery.all()).getFirst().end())
          .isEqualTo("failed");
    }
  }

  @Test
  void whatWasNotRecordedIsRefusedWithTheNearestAndTheFirstDifference() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer answer = ask(emulator, "Ho", "");

      assertThat(answer.statusLine()).contains("404");
      assertThat(answer.body())
          .contains("RecordingNotFound")
          .contains(
              "The nearest is a.yaml: body.messages[0].content is \\\"Ho\\\", and was \\\"Hi\\\".");
      WindowStatus requests = emulator.control().deployment("micro").requests();
      assertThat(requests.remaining()).isEqualTo(requests.limit());
    }
  }

  @Test
  void aStreamIsNotAnsweredFromAWholeAnswer() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer answer = ask(emulator, "Hi", ",\"stream\":true");

      assertThat(answer.statusLine()).contains("400");
      assertThat(answer.body())
          .contains("The recording a.yaml is a whole answer, and the request asks for a stream.");
    }
  }

  @Test
  void whatWasNotRecordedMayBeGenerated() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("unmatched: generate")) {
      assertThat(ask(emulator, "Hi", "").body()).contains("\"one\"");
      assertThat(ask(emulator, "Ho", "").body()).contains("chat.completion");
    }
  }

  @Test
  void whatWasNotRecordedMayBeRecorded() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));
    try (FakeUpstream upstream = new FakeUpstream();
        EmulatorFixture emulator =
            replay(
                "unmatched: record\n  upstream: {endpoint: \"%s\", api-key: the-real-key}"
                    .formatted(upstream.uri()))) {
      upstream.answersJson("{\"new\":1}");

      assertThat(ask(emulator, "Hi", "").body()).contains("\"one\"");
      assertThat(ask(emulator, "Ho", "").body()).isEqualTo("{\"new\":1}");
      assertThat(ask(emulator, "Ho", "").body()).isEqualTo("{\"new\":1}");
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void aDeploymentThatIsNotThereIsNotFoundHoweverItWasRecorded() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));
    String moved = Files.readString(folder.resolve("a.yaml")).replace("/micro/", "/gone/");
    Files.writeString(folder.resolve("a.yaml"), moved);

    try (EmulatorFixture emulator = replay("")) {
      assertThat(emulator.post(path("gone"), EmulatorFixture.asking("Hi", "")).body())
          .contains("DeploymentNotFound");
    }
  }

  @Test
  void theModeIsSwitchedWhileItRuns() throws IOException {
    recorded("a.yaml", "Hi", "", WHOLE.formatted("one"));

    try (EmulatorFixture emulator = replay("")) {
      RawHttp.Answer off =
          emulator.send("PATCH /emulator/recordings HTTP/1.1", "{\"mode\": \"off\"}");
      assertThat(off.body()).contains("\"mode\" : \"off\"", "\"name\" : \"a.yaml\"");
      assertThat(ask(emulator, "Hi", "").body()).contains("chat.completion");

      assertThat(emulator.control().patch(new RecordingsPatch("replay")).mode())
          .isEqualTo("replay");
      assertThat(ask(emulator, "Hi", "").body()).contains("\"one\"");
      assertThat(
              emulator.send("PATCH /emulator/recordings HTTP/1.1", "{\"mode\": \"record\"}").body())
          .contains("to record, an upstream must be named");
    }
  }

  @Test
  void aResetPlaysFromTheFirstAgain() throws IOException {
    recorded("hi-12345678.yaml", "Hi", "", WHOLE.formatted("one"));
    recorded("hi-12345678-2.yaml", "Hi", "", WHOLE.formatted("two"));

    try (EmulatorFixture emulator = replay("")) {
      assertThat(ask(emulator, "Hi", "").body()).contains("one");
      assertThat(ask(emulator, "Hi", "").body()).contains("two");
      emulator.control().reset();
      assertThat(ask(emulator, "Hi", "").body()).contains("one");
    }
  }

  @Test
  void aFileThatIsNoRecordingStopsTheStart() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "recorded: 2026-01-02T03:04:05Z\nreqest: {}\n");

    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> replay(""))
        .withMessage("a.yaml:2: unknown key 'reqest'; did you mean 'request'?");
  }

  private void recorded(String name, String text, String more, String answer) throws IOException {
    Files.writeString(folder.resolve(name), recording("micro", text, more) + answer);
  }

  private static String recording(String deployment, String text, String more) {
    return """
    recorded: 2026-01-02T03:04:05Z
    request:
      method: POST
      path: /openai/deployments/%s/chat/completions
      api-version: '2024-10-21'
      body: %s
    answer:
    """
        .formatted(deployment, EmulatorFixture.asking(text, more));
  }

  private EmulatorFixture replay(String more) {
    return EmulatorFixture.ofYaml(
        """
        listen: 127.0.0.1:0
        resources:
          contoso:
            keys: [emulator-key-1]
            deployments:
              micro: {model: gpt-35-turbo, capacity: 1, rpm: 60}
              ptu: {model: gpt-4o, sku: ProvisionedManaged, capacity: 1}
        recordings:
          folder: %s
          %s
        """
            .formatted(folder, more));
  }

  private static String path(String deployment) {
    return "/openai/deployments/" + deployment + "/chat/completions?api-version=2024-10-21";
  }

  private static RawHttp.Answer ask(EmulatorFixture emulator, String text, String more) {
    return emulator.post(path("micro"), EmulatorFixture.asking(text, more));
  }

  private static String rawBody(EmulatorFixture emulator) throws IOException {
    String body = EmulatorFixture.asking("Hi", ",\"stream\":true");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "POST %s HTTP/1.1\r\nHost: localhost\r\napi-key: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(path("micro"), EmulatorFixture.KEY, body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

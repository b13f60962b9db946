package dev.spillway.emulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.emulator.recording.RecordedAnswer.Header;
import dev.spillway.yaml.YamlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFolderTest {

  @TempDir private Path path;

  @Test
  void aRecordingReadsWell() throws IOException {
    RecordedRequest request =
        Exchanges.asking(
            "{\"temperature\":0.50,\"messages\":[{\"role\":\"user\",\"content\":\"One\\nTwo ${X}\"}]}");
    Recording recording = Exchanges.of(request, "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":7}}");

    NamedRecording written = new RecordingFolder(path).write(recording);

    assertThat(written.name()).matches("chat-completions-one-two-x-[0-9a-f]{8}\\.yaml");
    assertThat(Files.readString(path.resolve(written.name())))
        .isEqualTo(
            """
            recorded: 2026-01-02T03:04:05Z
            request:
              method: POST
              path: /openai/deployments/micro/chat/completions
              api-version: 2024-10-21
              body:
                messages:
                  - content: |-
                      One
                      Two ${X}
                    role: user
                temperature: 0.50
            answer:
              status: 200
              after: 5ms
              headers:
                Content-Type: application/json
              body:
                id: x
                usage:
                  prompt_tokens: 7
            """);
  }

  @Test
  void aStreamIsAListOfEventsWithTheirTimes() throws IOException {
    Tape tape = Exchanges.tape("text/event-stream", "data: {\"a\":1}\n\ndata: {\"a\"");
    Exchanges.hear(tape, ":2}\n\nevent: end\ndata: [DONE]\n\n", 17);
    Recording recording = new Recording(Exchanges.AT, Exchanges.question("Hi"), tape.ended(false));

    NamedRecording written = new RecordingFolder(path).write(recording);

    assertThat(Files.readString(path.resolve(written.name())))
        .endsWith(
            """
              events:
                - data: '{"a":1}'
                - after: 12ms
                  data: '{"a":2}'
                - event: end
                  data: '[DONE]'
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,2.50,1e400,true,null,\"\",\"null\",\"1\",\"a: b\",\" x \",\"\\u2028\"]}",
        "{\n  \"a\": 1\n}\n",
        "[]",
        "",
        "plain\r\ntext \n with   blanks\t",
        "{\"a\":\"\\u00e9\"}",
        "é\uFEFF漢字😀\u0000",
        "{\"twice\":1,\"twice\":2}"
      })
  void whatCameBackComesOutOfTheFileByteForByte(String body) {
    Recording recording = Exchanges.of(Exchanges.question("Hi"), body);

    NamedRecording unused = new RecordingFolder(path).write(recording);

    assertThat(Exchanges.sent(read().recording().answer())).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {}\n\ndata: [DONE]\n\n",
        "data:{}\r\n\r\n",
        ": a comment\n\ndata: 1\n\n",
        "event: a\ndata: 1\ndata: 2\n\n",
        "data: 1\n\ndata: {\"cut of",
        "id: 7\ndata: 1\n\n"
      })
  void aStreamComesOutOfTheFileByteForByte(String stream) {
    Tape tape = Exchanges.tape("text/event-stream; charset=utf-8", stream);
    Recording recording = new Recording(Exchanges.AT, Exchanges.question("Hi"), tape.ended(true));

    NamedRecording unused = new RecordingFolder(path).write(recording);

    assertThat(Exchanges.sent(read().recording().answer())).isEqualTo(stream);
    assertThat(read().recording().answer().cut()).isTrue();
  }

  @Test
  void bytesThatAreNoTextComeOutOfTheFile() {
    byte[] sound = {(byte) 0xff, 0, 1, (byte) 0x80};
    Tape tape = new Tape(0, 200, List.of(new Header("content-type", "audio/mpeg")), 0);
    tape.heard(sound, sound.length, 0);
    Recording recording = new Recording(Exchanges.AT, Exchanges.question("Hi"), tape.ended(false));

    NamedRecording unused = new RecordingFolder(path).write(recording);

    assertThat(read().recording().answer().pieces().getFirst().bytes()).isEqualTo(sound);
  }

  @Test
  void everythingElseOfARecordingComesOutOfTheFile() {
    byte[] form =
        """
        --b
        Content-Disposition: form-data; name="model"

        whisper
        --b
        Content-Disposition: form-data; name="file"; filename="a.wav"
        Content-Type: audio/wav

        RIFF
        --b--
        """
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    TreeMap<String, String> query = new TreeMap<>();
    query.put("limit", "1");
    RecordedRequest request =
        new RecordedRequest(
            "POST",
            "/openai/v1/audio/transcriptions",
            null,
            query,
            RecordedBody.ofRequest("multipart/form-data; boundary=b", form));
    Recording recording = Exchanges.of(request, "{}");

    NamedRecording unused = new RecordingFolder(path).write(recording);

    assertThat(read().recording()).isEqualTo(recording);
    assertThat(request.deployment()).contains("whisper");
    assertThat(recording.answer().after()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void severalAnswersToOneRequestAreNumbered() {
    RecordingFolder folder = new RecordingFolder(path);
    for (int i = 1; i <= 11; i++) {
      NamedRecording unused = folder.write(Exchanges.of(Exchanges.question("Hi"), "[" + i + "]"));
    }

    assertThat(folder.read())
        .extracting(one -> Exchanges.sent(one.recording().answer()))
        .containsExactly(
            "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9]", "[10]", "[11]");
    assertThat(folder.read().getLast().name()).endsWith("-11.yaml");
  }

  @Test
  void recordingAnewTakesThePlaceOfWhatWasRecorded() {
    RecordingFolder before = new RecordingFolder(path);
    NamedRecording first = before.write(Exchanges.of(Exchanges.question("Hi"), "[1]"));
    NamedRecording second = before.write(Exchanges.of(Exchanges.question("Hi"), "[2]"));
    NamedRecording other = before.write(Exchanges.of(Exchanges.question("Ho"), "[3]"));

    NamedRecording anew =
        new RecordingFolder(path).write(Exchanges.of(Exchanges.question("Hi"), "[4]"));

    assertThat(anew.name()).isEqualTo(first.name()).isNotEqualTo(second.name());
    assertThat(before.read())
        .extracting(NamedRecording::name)
        .containsExactlyInAnyOrder(first.name(), other.name());
  }

  @Test
  void nothingUnfinishedIsLeftBehind() {
    NamedRecording written =
        new RecordingFolder(path).write(Exchanges.of(Exchanges.question("Hi"), "[1]"));

    assertThat(path.toFile().list()).containsExactly(written.name());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(path.resolve("file"));
    RecordingFolder folder = new RecordingFolder(file.resolve("below"));

    assertThatThrownBy(folder::makeWritable)
        .isInstanceOf(RecordingFolder.Unusable.class)
        .hasMessageContaining("cannot be made");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "recorded: now| 1: 'recorded' must be a moment such as 2026-01-31T12:00:00Z, not 'now'",
        "request: {method: POST, path: x}|"
            + " 1: 'request.path' must be a path that begins with '/', not 'x'",
        "answer: {status: 99}| 1: 'answer.status' must be a whole number from 200 to 599, not '99'",
        "answer: {status: 200, after: soon}|"
            + " 1: 'answer.after' must be a duration such as 250ms, 10s or 2m, not 'soon'",
        "answer: {status: 200, evnts: []}| 1: unknown key 'answer.evnts'; did you mean 'events'?",
        "answer: {status: 200, events: [{after: 1ms}]}| 1: 'answer.events[0].data' is missing",
        "answer: {status: 200, base64: '*?'}| 1: 'answer.base64' must be Base64, not '*?'",
      })
  void aFileThatIsNoRecordingIsNamedWithItsLine(String part, String problem) throws IOException {
    String key = part.substring(0, part.indexOf(':'));
    StringBuilder yaml = new StringBuilder(part);
    for (String other :
        List.of(
            "recorded: 2026-01-02T03:04:05Z",
            "request: {method: GET, path: /openai/models}",
            "answer: {status: 200}")) {
      if (!other.startsWith(key)) {
        yaml.append('\n').append(other);
      }
    }
    Files.writeString(path.resolve("broken.yaml"), yaml);

    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> new RecordingFolder(path).read())
        .withMessage("broken.yaml:" + problem);
  }

  private NamedRecording read() {
    return new RecordingFolder(path).read().getFirst();
  }
}

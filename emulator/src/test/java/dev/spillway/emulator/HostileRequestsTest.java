package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Requests that nobody means well with, over sockets: 5,000 of them, by their seeds. */
@Isolated("reads all that the process logs")
class HostileRequestsTest {

  private static final int REQUESTS = 5_000;
  private static final int PATIENCE_MILLIS = 20_000;

  private static final List<String> PATHS =
      List.of(
          "chat/completions",
          "completions",
          "embeddings",
          "responses",
          "responses/resp_1",
          "responses/resp_1/input_items",
          "responses/resp_1/cancel",
          "images/generations",
          "images/edits",
          "audio/speech",
          "audio/transcriptions",
          "audio/translations",
          "models",
          "models/gpt-4o",
          "files",
          "%00",
          "..%2f..%2f",
          "chat/completions/../../x");

  private static final List<String> BODIES =
      List.of(
          """
          {"model":"chat","messages":[{"role":"user","content":[{"type":"text","text":"Hello"},\
          {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}],\
          "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object",\
          "properties":{"a":{"type":"string","pattern":"^a+$"}},"required":["a"],\
          "additionalProperties":false}}}],"tool_choice":"required","n":2,"max_tokens":9,"stream":true,\
          "stream_options":{"include_usage":true},"logprobs":true,"top_logprobs":2,"stop":["x"]}\
          """,
          """
          {"model":"chat","messages":[{"role":"user","content":"Give me JSON"}],"response_format":\
          {"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{"$defs":{"n":\
          {"type":"object","properties":{"next":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}},\
          "required":["next"],"additionalProperties":false}},"$ref":"#/$defs/n"}}}}\
          """,
          """
          {"model":"chat","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]},\
          {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},\
          {"type":"function_call_output","call_id":"c","output":"1"}],"stream":true,\
          "previous_response_id":null,"background":false,"reasoning":{"effort":"low"}}\
          """,
          "{\"model\":\"ada\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\",\"dimensions\":256}",
          "{\"model\":\"ada\",\"input\":[[1,2,3],[4]]}",
          "{\"model\":\"instruct\",\"prompt\":[\"Once\",\"Twice\"],\"n\":2,\"best_of\":3,\"echo\":true}",
          "{\"model\":\"draw\",\"prompt\":\"A cat\",\"size\":\"1024x1024\",\"n\":1}",
          "{\"model\":\"say\",\"input\":\"Hello\",\"voice\":\"nova\",\"response_format\":\"wav\"}",
          """
          --x\r
          Content-Disposition: form-data; name="model"\r
          \r
          hear\r
          --x\r
          Content-Disposition: form-data; name="file"; filename="a.wav"\r
          \r
          RIFF....WAVE\r
          --x--\r
          """);

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\"\"",
          "null",
          "true",
          "-1",
          "0",
          "1e999999",
          "\\",
          "9".repeat(400),
          "\"\\ud800\"",
          "\u0000",
          "\uffff",
          "\"[[filter:sexual:high]]\"",
          "[[",
          "--x",
          "\r\n",
          "data:image/png;base64,",
          "{\"$ref\":\"#\"}",
          "(a+)+$",
          "\"model\"",
          "\"input\"");

  private static final List<String> CONTENT_TYPES =
      List.of(
          "application/json",
          "multipart/form-data; boundary=x",
          "multipart/form-data; boundary=",
          "multipart/form-data",
          "text/plain",
          "application/json; charset=none",
          "\t");

  private static final List<String> HEADERS =
      List.of(
          "x-policy-id: [[",
          "x-ms-spillover-deployment: /",
          "x-ms-client-request-id: " + "a".repeat(2_000),
          "Authorization: Bearer",
          "Authorization: Bearer a.b.c",
          "Content-Encoding: gzip",
          "Host:",
          "Range: bytes=0-",
          "Expect: nothing",
          "x-emulator-fault: reset");

  private final PrintStream err = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void listenToTheLog() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(err);
  }

  @Test
  @Timeout(300)
  void noneIsAnsweredWithAFailureOfOursAndTheNextGoodOneSucceeds() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (EmulatorFixture fixture =
        EmulatorFixture.start(
            "2026",
            unlimited("chat", "gpt-4.1-mini"),
            unlimited("ada", "text-embedding-3-small"),
            unlimited("instruct", "gpt-35-turbo-instruct"),
            unlimited("draw", "gpt-image-1"),
            unlimited("say", "tts"),
            unlimited("hear", "whisper"))) {
      for (int seed = 0; seed < REQUESTS && wrong.size() < 20; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] request = request(random);
        String status = status(fixture.emulator.port(), request);
        if (!status.matches("HTTP/1.1 [234].*")) {
          wrong.add("seed " + seed + ": " + status + "\n" + shown(request));
        }
        if (seed % 250 == 0) {
          assertThat(fixture.chat("35turbo", "2024-10-21", good(fixture)).statusLine())
              .as("after seed %d", seed)
              .isEqualTo("HTTP/1.1 200 OK");
        }
      }
    }
    assertThat(wrong).as("%s", logged).isEmpty();
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .doesNotContain(EmulatorFixture.KEY)
        .doesNotContain("Exception");
  }

  /** The clock goes on, so that no window is in the way of a good request. */
  private static String good(EmulatorFixture fixture) {
    fixture.clock.advance(Duration.ofMinutes(1));
    return EmulatorFixture.body(10, ",\"max_tokens\":5");
  }

  private static DeploymentSpec unlimited(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.UNLIMITED);
  }

  private static byte[] request(SplittableRandom random) {
    byte[] body = body(random).getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(one(List.of("POST", "POST", "POST", "POST", "GET", "DELETE", "PUT"), random));
    head.append(' ').append(path(random)).append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    head.append("api-key: ").append(EmulatorFixture.KEY).append("\r\n");
    head.append("Content-Type: ").append(one(CONTENT_TYPES, random)).append("\r\n");
    if (random.nextInt(3) == 0) {
      head.append(one(HEADERS, random)).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  private static String path(SplittableRandom random) {
    String rest = one(PATHS, random);
    String version =
        one(List.of("2024-10-21", "2025-04-01-preview", "v1", "", "%", "9999"), random);
    return switch (random.nextInt(4)) {
      case 0 -> "/openai/v1/" + rest;
      case 1 -> "/openai/" + rest + "?api-version=" + version;
      case 2 -> "/openai/deployments/chat/" + rest + "?api-version=" + version;
      default ->
          "/openai/deployments/"
              + one(List.of("ada", "draw", "say", "hear", "instruct", "nobody", "%2F"), random)
              + "/"
              + rest
              + "?api-version=2025-04-01-preview";
    };
  }

  /** A usual body, of which some places are replaced, or its beginning only. */
  private static String body(SplittableRandom random) {
    StringBuilder body = new StringBuilder(one(BODIES, random));
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(body.length());
      int to = Math.min(body.length(), from + random.nextInt(12));
      body.replace(from, to, one(WORDS, random));
    }
    return random.nextInt(5) == 0
        ? body.substring(0, random.nextInt(body.length()))
        : body.toString();
  }

  private static String one(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String shown(byte[] request) {
    return new String(request, StandardCharsets.UTF_8);
  }

  /** The status line, once all of the answer has come. */
  private static String status(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("nothing");
    }
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.JournalQuery;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("reads all that the process logs")
class RecordTest {

  private static final String REAL_KEY = "real/key+of-the-upstream==";
  private static final String CHAT =
      "/openai/deployments/micro/chat/completions?api-version=2024-10-21";
  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir private Path folder;

  private final FakeUpstream upstream = new FakeUpstream();

  @AfterEach
  void closeUpstream() throws IOException {
    upstream.close();
  }

  @Test
  void theRealAnswerIsPassedOnByteForByteAndKept() {
    upstream.answers(
        "200 OK",
        "Content-Type: application/json\nx-ms-region: East US\nx-odd: 1",
        "{\"id\": \"a\"}\n");

    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer = emulator.post(CHAT, EmulatorFixture.asking("Hi", ""));

      assertThat(answer.body()).isEqualTo("{\"id\": \"a\"}\n");
      assertThat(answer.header("x-odd")).isEqualTo("1");
      assertThat(answer.headers())
          .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type"))
          .singleElement()
          .asString()
          .endsWith("application/json");
    }
    assertThat(files())
        .contains("path: /openai/deployments/micro/chat/completions", "content: Hi")
        .contains("status: 200", "x-ms-region: East US", "{\"id\": \"a\"}")
        .doesNotContain("x-odd");
  }

  @Test
  void theUpstreamIsAskedAsItWantsToBe() {
    upstream.answersJson("{}");

    try (EmulatorFixture emulator =
        recording(", api-version: 2025-01-01-preview, deployments: {micro: gpt-4o prod}")) {
      RawHttp.Answer unused = emulator.post(CHAT, EmulatorFixture.asking("Hi", ""));
    }

    assertThat(upstream.requests().getFirst())
        .startsWith(
            "POST /openai/deployments/gpt-4o%20prod/chat/completions?api-version=2025-01-01-preview")
        .contains("api-key: " + REAL_KEY)
        .doesNotContain(EmulatorFixture.KEY)
        .endsWith("\r\n\r\n" + EmulatorFixture.asking("Hi", ""));
  }

  @Test
  void anOpenAiEndpointIsAskedByItsOwnPathsAndNames() {
    upstream.answersJson("{}");

    try (EmulatorFixture emulator = recording(", kind: openai, deployments: {micro: llama}")) {
      RawHttp.Answer unused = emulator.post(CHAT, EmulatorFixture.asking("Hi", ""));
    }

    assertThat(upstream.requests().getFirst())
        .startsWith("POST /v1/chat/completions HTTP/1.1")
        .contains("Authorization: Bearer " + REAL_KEY)
        .contains("\"model\":\"llama\"");
    assertThat(files()).doesNotContain("llama");
  }

  @Test
  void secretsAreKeptNowhere() {
    String sas = "https://x.blob.core.windows.net/a?sv=1&sig=c2VjcmV0c2ln%3D";
    upstream.answers(
        "400 Bad Request",
        "Content-Type: application/json\nx-ms-note: " + REAL_KEY + "\nSet-Cookie: a=cookie-jar",
        "{\"echo\":\"you sent "
            + REAL_KEY.replace("/", "\\/")
            + " of org-Abcdefgh12345678\",\"user\":\"Jane Doe\"}");
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    String journal;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer =
          emulator.post(
              CHAT + "&code=in-the-query&x=" + REAL_KEY.replace("+", "%2B"),
              EmulatorFixture.asking(
                  REAL_KEY + " and " + sas + " and Bearer eyJhbGciOiJIUzI1NiJ9.e30.abcdefgh",
                  ",\"user\":\"Jane Doe\""));
      assertThat(answer.body()).contains("real\\/key");
      journal = emulator.control().journal(JournalQuery.all()).toString();
    } finally {
      System.setErr(before);
    }

    assertThat(files() + journal + log.toString(StandardCharsets.UTF_8))
        .contains("REMOVED")
        .doesNotContain(REAL_KEY, "real\\/key", "real%2Fkey", "in-the-query", "c2VjcmV0c2ln")
        .doesNotContain("eyJhbGci", "Abcdefgh12345678", "Jane Doe", "cookie-jar");
    assertThat(files()).doesNotContain(EmulatorFixture.KEY);
  }

  @Test
  void aSecretThatIsEchoedTokenByTokenIsKeptNowhere() {
    upstream.says(STREAM_HEAD);
    for (String token : new String[] {"It is real/k", "ey+of-the", "-upstr", "eam== .", " Bye"}) {
      upstream.says(chunk("data: {\"choices\":[{\"delta\":{\"content\":\"" + token + "\"}}]}\n\n"));
    }
    upstream.says("0\r\n\r\n");
    upstream.hangsUp();

    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer = emulator.post(CHAT, EmulatorFixture.asking("Hi", ",\"stream\":true"));
      assertThat(answer.body()).contains("real/k", "ey+of-the", "-upstr");
    }

    assertThat(files()).contains("It is REMOVED").doesNotContain("ey+of", "upstr", "eam==");
  }

  @Test
  void aStreamIsKeptWithItsTimes() throws Exception {
    try (EmulatorFixture emulator = recording("");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      ask(socket, EmulatorFixture.asking("Hi", ",\"stream\":true"));
      BufferedReader answer = reader(socket);
      await().until(() -> !upstream.requests().isEmpty());
      for (int i = 1; i <= 3; i++) {
        emulator.clock.advance(Duration.ofMillis(10L * i));
        upstream.says((i == 1 ? STREAM_HEAD : "") + chunk("data: {\"n\":" + i + "}\n\n"));
        readTo(answer, "data: {\"n\":" + i + "}");
      }
      upstream.says("0\r\n\r\n");
      upstream.hangsUp();
      readTo(answer, "0");
    }

    assertThat(files())
        .contains("after: 10ms\n  headers:")
        .contains("    - data: '{\"n\":1}'\n    - after: 20ms\n      data: '{\"n\":2}'\n")
        .contains("    - after: 30ms\n      data: '{\"n\":3}'\n");
  }

  @Test
  void aStreamThatBreaksOffIsKeptAsSuchAndBreaksOffForTheCaller() throws Exception {
    upstream.says(STREAM_HEAD + chunk("data: {\"n\":1}\n\ndata: {\"n\""));
    upstream.hangsUp();

    try (EmulatorFixture emulator = recording("");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      ask(socket, EmulatorFixture.asking("Hi", ",\"stream\":true"));
      String all = reader(socket).lines().collect(Collectors.joining("\n"));

      assertThat(all).contains("{\"n\":1}").doesNotEndWith("0\n");
      assertThat(emulator.control().journal(JournalQuery.all()).getFirst().end())
          .isEqualTo("failed");
    }
    assertThat(files()).contains("rest: 'data: {\"n\"'", "cut: true");
  }

  @Test
  void whoHasNoKeyOfTheEmulatorReachesNobody() {
    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer = emulator.send("POST " + CHAT + " HTTP/1.1\napi-key: wrong", "{}");

      assertThat(answer.statusLine()).contains("401");
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aCallerMayBringTheUpstreamsKey() {
    String head = "POST " + CHAT + " HTTP/1.1\napi-key: " + EmulatorFixture.KEY;
    upstream.answersJson("{}");

    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml(""))) {
      assertThat(emulator.send(head, "{}").body())
          .contains("UpstreamKeyMissing", "x-upstream-api-key");
      RawHttp.Answer unused = emulator.send(head + "\nx-upstream-api-key: brought-along", "{}");
    }

    assertThat(upstream.requests().getFirst()).contains("api-key: brought-along");
    assertThat(files()).doesNotContain("brought-along");
  }

  @Test
  void whatIsAskedOfTheResourceIsRecordedToo() {
    upstream.answersJson("{\"data\":[]}");

    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer =
          emulator.send(
              "GET /openai/v1/models?limit=3 HTTP/1.1\napi-key: " + EmulatorFixture.KEY, "");

      assertThat(answer.body()).isEqualTo("{\"data\":[]}");
    }
    assertThat(upstream.requests().getFirst()).startsWith("GET /openai/v1/models?limit=3 ");
    assertThat(files()).contains("method: GET", "limit: '3'");
  }

  @Test
  void anUpstreamThatIsNotThereIsNamed() throws IOException {
    upstream.close();
    try (EmulatorFixture emulator = recording("")) {
      RawHttp.Answer answer = emulator.post(CHAT, EmulatorFixture.asking("Hi", ""));

      assertThat(answer.statusLine()).contains("502");
      assertThat(answer.body()).contains("UpstreamUnreachable", upstream.uri());
    }
    assertThat(files()).isEmpty();
  }

  private EmulatorFixture recording(String more) {
    return EmulatorFixture.ofYaml(yaml(", api-key: '" + REAL_KEY + "'" + more));
  }

  private String yaml(String upstreamKeys) {
    return """
    listen: 127.0.0.1:0
    resources:
      contoso: {keys: [emulator-key-1], deployments: {micro: {model: gpt-35-turbo}}}
    recordings:
      folder: %s
      mode: record
      upstream: {endpoint: "%s"%s}
    """
        .formatted(folder, upstream.uri(), upstreamKeys);
  }

  private String files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(RecordTest::text).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return file.getFileName() + "\n" + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void ask(Socket socket, String body) throws IOException {
    socket.setSoTimeout(20_000);
    String request =
        "POST "
            + CHAT
            + " HTTP/1.1\r\nHost: localhost\r\napi-key: "
            + EmulatorFixture.KEY
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void readTo(BufferedReader answer, String line) throws IOException {
    for (String read = answer.readLine(); !line.equals(read); read = answer.readLine()) {
      assertThat(read).as("the answer ends before " + line).isNotNull();
    }
  }
}

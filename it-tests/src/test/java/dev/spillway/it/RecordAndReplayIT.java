package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.recording.Speed;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What docs/record-and-replay.md shows: one emulator plays the real endpoint for another. */
class RecordAndReplayIT {

  private static final String REAL_KEY = "the-real-key";
  private static final String TEST_KEY = "test-key-1";
  private static final String QUESTION =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"What is a spillway?\"}],\"max_tokens\":100";
  private static final String WHOLE = QUESTION + "}";
  private static final String STREAM = QUESTION + ",\"stream\":true}";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path tapes;

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Answer> recorded = new ArrayList<>();

  /** A whole answer, a stream, and a 429, because two calls are all that the real one has. */
  @BeforeEach
  void record() throws Exception {
    try (Emulator real = Emulator.start(real(), clock);
        Emulator recorder = Emulator.start(documented(real.uri()), clock)) {
      recorded.add(ask(recorder, WHOLE));
      recorded.add(ask(recorder, STREAM));
      recorded.add(ask(recorder, WHOLE.replace("What", "Where")));
    }
  }

  @Test
  void whatWasRecordedIsReplayedWithoutTheRealEndpoint() throws Exception {
    try (Emulator replay = Emulator.start(replay(new Speed.Automatic()), clock)) {
      Answer whole = ask(replay, WHOLE);
      Answer stream = ask(replay, STREAM);
      Answer throttled = ask(replay, WHOLE.replace("What", "Where"));

      assertThat(whole.text()).isEqualTo(recorded.get(0).text()).contains("chat.completion");
      assertThat(stream.text()).isEqualTo(recorded.get(1).text()).endsWith("data: [DONE]\n\n");
      assertThat(throttled.status()).isEqualTo(recorded.get(2).status()).isEqualTo(429);
      assertThat(throttled.text()).isEqualTo(recorded.get(2).text());
      assertThat(throttled.header("Retry-After"))
          .isEqualTo(recorded.get(2).header("Retry-After"))
          .isNotEmpty();
    }
  }

  @Test
  void theLimitsOfTheReplayingDeploymentApply() throws Exception {
    try (Emulator replay = Emulator.start(replay(new Speed.Automatic()), clock)) {
      replay.control().patch("micro", DeploymentPatch.capacity(1));
      int served = 0;
      Answer answer = ask(replay, WHOLE);
      while (answer.status() == 200 && served < 100) {
        served++;
        answer = ask(replay, WHOLE);
      }

      assertThat(served).isBetween(1, 10);
      assertThat(answer.text()).contains("RateLimitReached").isNotEqualTo(recorded.get(2).text());
      clock.advance(Duration.ofSeconds(60));
      assertThat(ask(replay, WHOLE).status()).isEqualTo(200);
    }
  }

  @Test
  void aStreamKeepsItsTimeOnTheClock() throws Exception {
    Path file = find("stream: true");
    String slow =
        Files.readString(file)
            .replaceFirst(
                "    - data: (.*\\n)    - data", "    - data: $1    - after: 700ms\n      data");
    Files.writeString(file, slow);

    try (Emulator replay = Emulator.start(replay(new Speed.Times(1)), clock)) {
      CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> ask(replay, STREAM));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> {
            clock.advance(Duration.ofMillis(10));
            return answer.isDone();
          });

      assertThat(answer.join().text()).isEqualTo(recorded.get(1).text());
      assertThat(replay.control().journal(JournalQuery.all()).getFirst())
          .satisfies(entry ->
              assertThat(Duration.between(entry.at(), entry.endedAt()))
                  .isGreaterThanOrEqualTo(Duration.ofMillis(700)));
    }
  }

  @Test
  void theOfficialClientReadsAReplayedStream() throws Exception {
    try (Emulator replay = Emulator.start(replay(new Speed.Automatic()), clock)) {
      OpenAIClient client =
          OpenAIOkHttpClient.builder()
              .baseUrl(replay.uri().toString())
              .credential(AzureApiKeyCredential.create(TEST_KEY))
              .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
              .azureUrlPathMode(AzureUrlPathMode.LEGACY)
              .maxRetries(0)
              .build();
      ChatCompletionCreateParams call =
          ChatCompletionCreateParams.builder()
              .model("micro")
              .addUserMessage("What is a spillway?")
              .putAdditionalBodyProperty("max_tokens", JsonValue.from(100))
              .build();
      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(call)) {
        String text =
            stream.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());

        assertThat(text).isNotBlank().isEqualTo(content(recorded.get(1).text()));
      } finally {
        client.close();
      }
    }
  }

  @Test
  void noFileHoldsAKey() throws Exception {
    assertThat(find("chat/completions")).exists();
    try (Stream<Path> files = Files.list(tapes)) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file ->
              assertThat(Files.readString(file)).doesNotContain(REAL_KEY, TEST_KEY, "prod/"));
    }
  }

  /** What all events of a stream say together. */
  private static String content(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JSON.readTree(line.substring("data: ".length())))
        .map(event -> event.at("/choices/0/delta/content").asString(""))
        .collect(Collectors.joining());
  }

  private EmulatorConfig real() {
    return EmulatorConfig.defaults().toBuilder()
        .listen("127.0.0.1:0")
        .keys(List.of(REAL_KEY))
        .noDeployments()
        .deployment(
            new DeploymentSpec(
                "prod",
                "gpt-4.1-mini",
                null,
                DeploymentSpec.STANDARD,
                Limit.of(1),
                Limit.of(250),
                Limit.of(60),
                null,
                null))
        .build();
  }

  /** The page's own file, at free ports. */
  private EmulatorConfig documented(URI real) throws IOException {
    String yaml =
        Pattern.compile("<!-- record.yaml -->\n```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Program.root().resolve("docs/record-and-replay.md")))
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow()
            .replace("127.0.0.1:8090", "127.0.0.1:0")
            .replace("http://127.0.0.1:8080", real.toString())
            .replace("folder: tapes", "folder: " + tapes);
    return EmulatorConfig.parse("record.yaml", yaml, name -> REAL_KEY);
  }

  private EmulatorConfig replay(Speed speed) {
    return EmulatorConfig.defaults().toBuilder()
        .listen("127.0.0.1:0")
        .keys(List.of(TEST_KEY))
        .noDeployments()
        .deployment(DeploymentSpec.standard("micro", "gpt-4.1-mini", Limit.of(40)))
        .recordings(RecordingsConfig.replay(tapes).with(speed))
        .build();
  }

  private Path find(String text) throws IOException {
    try (Stream<Path> files = Files.list(tapes)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains(text)) {
          return file;
        }
      }
    }
    throw new AssertionError("no recording has " + text);
  }

  private Answer ask(Emulator emulator, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                emulator
                    .uri()
                    .resolve("/openai/deployments/micro/chat/completions?api-version=2024-10-21"))
            .header("api-key", TEST_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return new Answer(http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).join());
  }
}

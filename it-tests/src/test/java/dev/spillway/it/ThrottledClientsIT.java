package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.exception.HttpResponseException;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.errors.BadRequestException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients as they come, with their own retries, behind a router whose first deployments are out of
 * tokens: none fails, and none sleeps.
 *
 * <p>That none sleeps is not measured: a client sleeps before it sends a request again, and each
 * request came once. The clock of the router stands still, so nothing was waited for there.
 */
@ParameterizedClass
@EnumSource
final class ThrottledClientsIT {

  enum Client {
    OPENAI_JAVA_DATED(BadRequestException.class),
    OPENAI_JAVA_V1(BadRequestException.class),
    AZURE_AI_OPENAI_SYNC(HttpResponseException.class),
    AZURE_AI_OPENAI_ASYNC(HttpResponseException.class),
    LANGCHAIN4J_AZURE(ContentFilteredException.class),
    LANGCHAIN4J_V1(InvalidRequestException.class);

    private final Class<? extends Exception> blocked;

    Client(Class<? extends Exception> blocked) {
      this.blocked = blocked;
    }
  }

  private static final int CALLS = 6;

  /** Four hundred tokens by their characters: of a thousand, two of them fit into a minute. */
  private static final String LONG = "Which gate opens first? ".repeat(67).substring(0, 1_600);

  private static final Throttled THROTTLED = Throttled.of("2026");

  private final Client client;
  private final Caller caller;

  /** What openai-java says in each request about how often it has tried. */
  private final List<String> retryCounts = new CopyOnWriteArrayList<>();

  ThrottledClientsIT(Client client) {
    this.client = client;
    this.caller = caller(THROTTLED.router(), Throttled.CALLER_KEY);
  }

  private Caller caller(URI router, String key) {
    return switch (client) {
      case OPENAI_JAVA_DATED -> Caller.OfficialCaller.dated(router, key, official());
      case OPENAI_JAVA_V1 -> Caller.OfficialCaller.v1(router, key, official());
      case AZURE_AI_OPENAI_SYNC ->
          new Caller.AzureCaller(new AzureSdk.Sync(AzureSdk.plain(router, key).buildClient()));
      case AZURE_AI_OPENAI_ASYNC ->
          new Caller.AzureCaller(
              new AzureSdk.Async(AzureSdk.plain(router, key).buildAsyncClient()));
      case LANGCHAIN4J_AZURE -> Caller.LangChain4jCaller.azure(AzureSdk.plain(router, key));
      case LANGCHAIN4J_V1 -> Caller.LangChain4jCaller.v1(router, key);
    };
  }

  private OpenAIOkHttpClient.Builder official() {
    return OpenAIOkHttpClient.builder()
        .responseValidation(false)
        .sleeper(new Sleepless())
        .addInterceptor(chain -> {
          retryCounts.add(String.valueOf(chain.request().header("x-stainless-retry-count")));
          return chain.proceed(chain.request());
        });
  }

  @BeforeEach
  void begin() {
    THROTTLED.begin();
  }

  @AfterEach
  void close() {
    assertThat(retryCounts).allMatch("0"::equals);
    caller.close();
  }

  @AfterAll
  static void stop() {
    THROTTLED.close();
  }

  @Test
  void noChatFailsOrWaits() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertThat(caller.chat(LONG)).isNotBlank();
    }

    THROTTLED.assertEachServedAtOnce(CALLS, Throttled.CHAT);
  }

  @Test
  void noStreamFailsOrWaits() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertThat(caller.stream(LONG)).isNotBlank();
    }

    THROTTLED.assertEachServedAtOnce(CALLS, Throttled.CHAT);
  }

  @Test
  void noCallOfAToolFailsOrWaits() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertThat(caller.call(LONG + " How is the weather in Lisbon?")).contains("Lisbon");
    }

    THROTTLED.assertEachServedAtOnce(CALLS, Throttled.CHAT);
  }

  @Test
  void noVectorFailsOrWaits() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      assertThat(caller.vector(LONG)).isEqualTo(1_536);
    }

    THROTTLED.assertEachServedAtOnce(CALLS, Throttled.VECTORS);
  }

  @Test
  void aBlockedPromptIsTheClientsOwnErrorAfterOneAttempt() {
    Throwable refusal = catchThrowable(() -> caller.chat("[[filter:sexual:high]]"));

    assertThat(refusal)
        .isInstanceOf(client.blocked)
        .hasMessageContaining("content management policy");
    assertThat(THROTTLED.attempts()).containsExactly("chat-first 400");
    assertThat(THROTTLED.traces()).hasSize(1);
  }

  /** Not a byte of it is the router's. */
  @Test
  void aBlockedPromptsBodyIsTheServicesOwn() throws Exception {
    String dated = "/openai/deployments/%s/chat/completions?api-version=2024-10-21";
    HttpResponse<String> straight =
        blocked(THROTTLED.emulator().resolve(dated.formatted("chat-first")), "the-key-of-azure");
    HttpResponse<String> routed =
        blocked(THROTTLED.router().resolve(dated.formatted("chat")), Throttled.CALLER_KEY);

    assertThat(routed.statusCode()).isEqualTo(400);
    assertThat(routed.body()).isEqualTo(straight.body()).contains("ResponsibleAIPolicyViolation");
  }

  private static HttpResponse<String> blocked(URI address, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("api-key", key)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"[[filter:sexual:high]]\"}]}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  /** Nobody is to sleep. */
  private static final class Sleepless implements Sleeper {
    @Override
    public void sleep(Duration duration) {
      throw new AssertionError("the client would sleep for " + duration);
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      throw new AssertionError("the client would sleep for " + duration);
    }

    @Override
    public void close() {}
  }
}

package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** openai-java as it is, straight at the emulator and through the router. */
@ParameterizedClass(name = "wire {0}")
@ValueSource(strings = {"2024", "2026"})
final class OfficialClientIT {

  /** Where the client is pointed at, and as what kind of Azure it is told to see it. */
  enum Target {
    STRAIGHT_DATED,
    STRAIGHT_V1,
    ROUTED_DATED,
    ROUTED_V1;

    boolean isRouted() {
      return this == ROUTED_DATED || this == ROUTED_V1;
    }

    boolean isV1() {
      return this == STRAIGHT_V1 || this == ROUTED_V1;
    }

    /** The caller's name for the deployment. */
    String model() {
      return isRouted() ? "gpt-35-turbo" : "micro";
    }
  }

  private final String wire;

  @RegisterExtension private final BothPrograms programs;

  /** The waits between the client's own retries; the shared clock moves by each. */
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  /** The {@code x-stainless-retry-count} of everything that the client sent. */
  private final List<String> retryCounts = new CopyOnWriteArrayList<>();

  private final List<OpenAIClient> opened = new ArrayList<>();

  OfficialClientIT(String wire) {
    this.wire = wire;
    this.programs = BothPrograms.of(wire);
  }

  @ParameterizedTest
  @EnumSource
  void aPlainAnswerPassesStrictValidation(Target target) {
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletion completion = client.chat().completions().create(call(target).build());

    assertThat(completion.validate().isValid()).isTrue();
    assertThat(completion.choices().getFirst().message().content().orElse("")).isNotBlank();
    assertThat(completion.usage().map(CompletionUsage::promptTokens).orElse(0L)).isPositive();
    assertThat(completion.usage().map(CompletionUsage::completionTokens).orElse(0L))
        .isBetween(1L, (long) Chat.MAX_TOKENS);
  }

  /** Its answers have members that the client does not know, among them some inside usage. */
  @ParameterizedTest
  @EnumSource(names = {"STRAIGHT_DATED", "STRAIGHT_V1"})
  void anAnswerOfTheNewestModelsPassesStrictValidation(Target target) {
    programs.control().put(DeploymentSpec.standard("newest", "gpt-5.6-sol", Limit.of(40)));
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletionCreateParams call = call(target).model("newest").build();

    ChatCompletion completion = client.chat().completions().create(call);

    assertThat(completion.validate().isValid()).isTrue();
    assertThat(completion.model()).isEqualTo("gpt-5.6-sol");
    assertThat(completion.serviceTier().isPresent()).isEqualTo(wire.equals("2026"));
  }

  @ParameterizedTest
  @EnumSource
  void aStreamEndsWithUsageAndAddsUpToAnAnswer(Target target) {
    List<ChatCompletionChunk> chunks = stream(target, false);

    assertThat(contentOf(chunks)).isNotBlank();
    assertThat(chunks)
        .flatExtracting(ChatCompletionChunk::choices)
        .extracting(choice -> choice.finishReason().isPresent())
        .endsWith(true);
    CompletionUsage usage = chunks.getLast().usage().orElseThrow();
    assertThat(usage.totalTokens())
        .isEqualTo(usage.promptTokens() + usage.completionTokens())
        .isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void everyChunkAfterThePromptFilterPassesStrictValidation(Target target) {
    List<ChatCompletionChunk> chunks = stream(target, false);
    List<ChatCompletionChunk> answer = chunks.subList(1, chunks.size());

    assertThat(answer).hasSizeGreaterThan(2).allMatch(ChatCompletionChunk::isValid);
  }

  /** The service's own first chunk has an empty {@code object}; it is imitated as captured. */
  @ParameterizedTest
  @EnumSource
  void thePromptFilterChunkFailsStrictValidationAsTheServicesOwnDoes(Target target) {
    assertThatThrownBy(() -> stream(target, true)).isInstanceOf(OpenAIInvalidDataException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aBlockedPromptIsABadRequestWithTheFiltersCode(Target target) {
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletionCreateParams call = call(target, "[[filter:sexual:high]]").build();

    assertThatThrownBy(() -> client.chat().completions().create(call))
        .asInstanceOf(type(BadRequestException.class))
        .satisfies(refusal -> assertThat(refusal.code()).contains("content_filter"));
    assertThatThrownBy(() -> client.chat().completions().createStreaming(call))
        .asInstanceOf(type(BadRequestException.class))
        .satisfies(refusal -> assertThat(refusal.code()).contains("content_filter"));
    assertThat(retryCounts).containsExactly("0", "0");
  }

  @ParameterizedTest
  @EnumSource
  void aBlockedCompletionArrivesWithTheFiltersFinishReason(Target target) {
    OpenAIClient client = open(client(target));
    ChatCompletionCreateParams call = call(target, "[[filter:completion:violence:medium]]").build();

    assertThat(client.chat().completions().create(call).choices())
        .extracting(ChatCompletion.Choice::finishReason)
        .containsExactly(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
  }

  /** As captured it has no message. */
  @ParameterizedTest
  @EnumSource
  void aBlockedCompletionFailsStrictValidationAsTheServicesOwnDoes(Target target) {
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletionCreateParams call = call(target, "[[filter:completion:violence:medium]]").build();

    assertThatThrownBy(() -> client.chat().completions().create(call))
        .isInstanceOf(OpenAIInvalidDataException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aBlockedStreamEndsWithTheFiltersFinishReasonAfterWhatWasSent(Target target) {
    List<ChatCompletionChunk> chunks =
        stream(target, "[[filter:completion:violence:medium]]", false);

    assertThat(contentOf(chunks)).isNotBlank();
    assertThat(chunks.subList(1, chunks.size())).allMatch(ChatCompletionChunk::isValid);
    assertThat(chunks.getLast().choices().getFirst().finishReason())
        .contains(ChatCompletionChunk.Choice.FinishReason.CONTENT_FILTER);
  }

  /** As documented they have neither a delta nor an object. */
  @ParameterizedTest
  @EnumSource
  void chunksOfAnAsynchronousFilterFailStrictValidationAndNoOthersDo(Target target) {
    List<ChatCompletionChunk> chunks = stream(target, "[[filter:asynchronous]]", false);
    List<ChatCompletionChunk> invalid =
        chunks.stream().skip(1).filter(chunk -> !chunk.isValid()).toList();

    assertThat(invalid)
        .isNotEmpty()
        .flatExtracting(ChatCompletionChunk::choices)
        .allMatch(choice -> choice._delta().isMissing());
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerOfAFilterThatIsDownPassesStrictValidation(Target target) {
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletionCreateParams call = call(target, "[[filter:error]]").build();

    assertThat(client.chat().completions().create(call).validate().isValid()).isTrue();
    assertThat(stream(target, "[[filter:error]]", true)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"STRAIGHT_DATED", "STRAIGHT_V1"})
  void aThrottledCallIsARateLimitExceptionInAzuresWords(Target target) {
    exhaust("micro");
    OpenAIClient client = open(client(target).maxRetries(0));
    assertThatThrownBy(() -> client.chat().completions().create(call(target).build()))
        .asInstanceOf(type(RateLimitException.class))
        .satisfies(
            refusal -> assertThat(refusal).hasMessage("429: " + throttledMessage(target)),
            refusal -> assertThat(refusal.code()).contains(throttledCode()),
            refusal ->
                assertThat(refusal.headers().values("Retry-After"))
                    .containsExactly(Long.toString(throttledFor().toSeconds())));
    assertThat(retryCounts).containsExactly("0");
  }

  @ParameterizedTest
  @EnumSource(names = {"STRAIGHT_DATED", "STRAIGHT_V1"})
  void aThrottledStreamIsARateLimitExceptionToo(Target target) {
    exhaust("micro");
    OpenAIClient client = open(client(target).maxRetries(0));
    assertThatThrownBy(() -> client.chat().completions().createStreaming(call(target).build()))
        .isInstanceOf(RateLimitException.class)
        .hasMessage("429: " + throttledMessage(target));
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTED_DATED", "ROUTED_V1"})
  void behindTheRouterAThrottledCallNeitherFailsNorWaitsNorIsRepeated(Target target) {
    exhaust("micro");
    OpenAIClient client = open(client(target).responseValidation(true));
    ChatCompletion completion = client.chat().completions().create(call(target).build());

    assertThat(completion.choices()).hasSize(1);
    assertThat(programs.attempts()).containsExactly("micro 429", "35turbo 200");
    assertThat(retryCounts).containsExactly("0");
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTED_DATED", "ROUTED_V1"})
  void behindTheRouterAThrottledStreamNeitherFailsNorWaitsNorIsRepeated(Target target) {
    exhaust("micro");
    List<ChatCompletionChunk> chunks = stream(target, false);

    assertThat(contentOf(chunks)).isNotBlank();
    assertThat(programs.attempts()).containsExactly("micro 429", "35turbo 200");
    assertThat(retryCounts).containsExactly("0");
    assertThat(waits).isEmpty();
  }

  /** Of a longer wait the client makes one of eight seconds; that one would come too early. */
  @ParameterizedTest
  @EnumSource(names = {"ROUTED_DATED", "ROUTED_V1"})
  void whenBothAreOutTheClientsOwnRetryComesExactlyWhenTheRouterSays(Target target) {
    Duration left = Duration.ofSeconds(5);
    exhaust("micro");
    exhaust("35turbo");
    programs.advance(throttledFor().minus(left));
    OpenAIClient client = open(client(target));
    ChatCompletion completion = client.chat().completions().create(call(target).build());

    assertThat(completion.choices()).hasSize(1);
    assertThat(waits).containsExactly(left);
    assertThat(retryCounts).containsExactly("0", "1");
    assertThat(programs.attempts()).containsExactly("micro 429", "35turbo 429", "micro 200");
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTED_DATED", "ROUTED_V1"})
  void theRoutersOwn429IsARateLimitException(Target target) {
    exhaust("micro");
    exhaust("35turbo");
    OpenAIClient client = open(client(target).maxRetries(0));
    assertThatThrownBy(() -> client.chat().completions().create(call(target).build()))
        .asInstanceOf(type(RateLimitException.class))
        .satisfies(
            refusal -> assertThat(refusal).hasMessageStartingWith("429: Your requests to "),
            refusal -> assertThat(refusal.code()).contains("429"));
  }

  @ParameterizedTest
  @EnumSource
  void aWrongKeyIsAnUnauthorizedException(Target target) {
    OpenAIClient client = open(client(target, "nobodys-key"));
    assertThatThrownBy(() -> client.chat().completions().create(call(target).build()))
        .isInstanceOf(UnauthorizedException.class);
    assertThat(retryCounts).containsExactly("0");
  }

  @Test
  void onV1AnAzureCredentialIsAsGoodAsABearerToken() {
    URI base = programs.router().resolve("/openai/v1");
    OpenAIClient client =
        open(
            OpenAIOkHttpClient.builder()
                .baseUrl(base.toString())
                .credential(AzureApiKeyCredential.create(BothPrograms.CALLER_KEY)));
    client.chat().completions().create(call(Target.ROUTED_V1).build());

    assertThat(programs.attempts()).containsExactly("micro 200");
  }

  @AfterEach
  void closeTheClients() {
    opened.forEach(OpenAIClient::close);
  }

  private OpenAIClient open(OpenAIOkHttpClient.Builder builder) {
    OpenAIClient client = builder.build();
    opened.add(client);
    return client;
  }

  private OpenAIOkHttpClient.Builder client(Target target) {
    return client(target, target.isRouted() ? BothPrograms.CALLER_KEY : BothPrograms.AZURE_KEY);
  }

  private OpenAIOkHttpClient.Builder client(Target target, String key) {
    URI base = target.isRouted() ? programs.router() : programs.emulator();
    OpenAIOkHttpClient.Builder client =
        OpenAIOkHttpClient.builder()
            .sleeper(new ClockMover())
            .addInterceptor(chain -> {
              retryCounts.add(String.valueOf(chain.request().header("x-stainless-retry-count")));
              return chain.proceed(chain.request());
            });
    return target.isV1()
        ? client.baseUrl(base.resolve("/openai/v1").toString()).apiKey(key)
        : client
            .baseUrl(base.toString())
            .credential(AzureApiKeyCredential.create(key))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString(BothPrograms.API_VERSION))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY);
  }

  private static ChatCompletionCreateParams.Builder call(Target target) {
    return call(target, Chat.PROMPT);
  }

  private static ChatCompletionCreateParams.Builder call(Target target, String prompt) {
    return ChatCompletionCreateParams.builder()
        .model(target.model())
        .addUserMessage(prompt)
        .maxCompletionTokens((long) Chat.MAX_TOKENS);
  }

  private List<ChatCompletionChunk> stream(Target target, boolean strict) {
    return stream(target, Chat.PROMPT, strict);
  }

  private List<ChatCompletionChunk> stream(Target target, String prompt, boolean strict) {
    ChatCompletionCreateParams call =
        call(target, prompt)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    OpenAIClient client = open(client(target).responseValidation(strict));
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(call)) {
      return chunks.stream().toList();
    }
  }

  private static String contentOf(List<ChatCompletionChunk> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.choices().stream())
        .flatMap(choice -> choice.delta().content().stream())
        .collect(Collectors.joining());
  }

  /** Takes all but 100 of the thousand tokens that a deployment is left with. */
  private void exhaust(String deployment) {
    programs.exhaust(deployment);
    programs.control().clearJournal();
  }

  /** A tumbling minute in 2024; in 2026 the 200 tokens that are missing, at 1,000 a minute. */
  private Duration throttledFor() {
    return Duration.ofSeconds(wire.equals("2024") ? 60 : 12);
  }

  private String throttledCode() {
    return wire.equals("2024") ? "429" : "RateLimitReached";
  }

  private String throttledMessage(Target target) {
    String api =
        target.isV1()
            ? "OpenAI Language Model Instance API"
            : "Azure OpenAI API version " + BothPrograms.API_VERSION;
    return wire.equals("2024")
        ? "Requests to the ChatCompletions_Create Operation under "
            + api
            + " have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry"
            + " after 60 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would"
            + " like to further increase the default rate limit."
        : "Your requests to micro for gpt-35-turbo in East US have exceeded the token rate limit"
            + " for your current OpenAI S0 pricing tier. This request was for"
            + " ChatCompletions_Create under "
            + api
            + ". Please retry after 12 seconds. To increase your default rate limit, visit:"
            + " https://aka.ms/oai/quotaincrease.";
  }

  /** Instead of sleeping, moves the clock that both programs live by. */
  private final class ClockMover implements Sleeper {
    @Override
    public void sleep(Duration duration) {
      waits.add(duration);
      programs.advance(duration);
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      throw new IllegalStateException("no call here is asynchronous");
    }

    @Override
    public void close() {}
  }
}

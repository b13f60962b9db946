package dev.spillway.it;

import static dev.spillway.control.assertj.EmulatorAssertions.assertThat;
import static dev.spillway.control.assertj.EmulatorAssertions.assertThatClientOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.spillway.control.ClientVerdict;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.Finding;
import dev.spillway.control.FindingKind;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.VerdictRules;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Good and bad clients, told from each other by the emulator's journal. */
final class ClientVerdictIT {

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2024");

  @Test
  void openaiJavaKeepsAWaitOfEightSeconds() {
    exhaust("micro");
    programs.advance(Duration.ofSeconds(52));

    assertThat(ask(programs.emulator(), "micro", BothPrograms.AZURE_KEY).choices()).hasSize(1);

    assertThatClientOf(programs.control())
        .passes()
        .waitedAsTold()
        .neverStormed()
        .neverHedged()
        .hasAtMostAttempts(2)
        .wastedAtMost(0)
        .wasServed();
    assertThat(verdict().sums().waitsHonoured()).isEqualTo(1);
  }

  @Test
  void openaiJavaMakesEightSecondsOfAMinuteAndIsFoundOut() {
    exhaust("micro");

    assertThatThrownBy(() -> ask(programs.emulator(), "micro", BothPrograms.AZURE_KEY))
        .isInstanceOf(RateLimitException.class);

    assertThat(verdict().failures())
        .extracting(Finding::sentence)
        .containsExactly(
            "call 2 came back to contoso-eastus/micro 52 s early: call 1 was told to wait 60 s",
            "call 3 came back to contoso-eastus/micro 44 s early: call 2 was told to wait 52 s");
    assertThat(verdict()).neverStormed().hasAtMostAttempts(3).hasFinding(FindingKind.GAVE_UP);
  }

  @Test
  void behindTheRouterEveryRequestMovesOnAtOnceAndNoneComesBackEarly() {
    exhaust("micro");
    for (int i = 0; i < 5; i++) {
      assertThat(ask(programs.router(), "gpt-35-turbo", BothPrograms.CALLER_KEY).choices())
          .hasSize(1);
      programs.advance(Duration.ofSeconds(5));
    }

    assertThatClientOf(programs.control())
        .passes()
        .movedOnAtOnce()
        .leftRestingDeploymentsAlone()
        .neverHedged()
        .neverGaveUp()
        .hasAtMostAttempts(2)
        .wastedAtMost(0)
        .wasServed();
    assertThat(programs.count("micro", 429)).isEqualTo(1);
  }

  @Test
  void aLoopThatTriesUntilItSucceedsIsAStorm() {
    exhaust("micro");
    for (int i = 0; i < 20; i++) {
      assertThat(programs.straight(BothPrograms.MICRO, Chat.plain()).status()).isEqualTo(429);
      programs.advance(Duration.ofMillis(10));
    }

    ClientVerdict verdict = verdict();
    assertThat(verdict)
        .hasFinding(FindingKind.STORMED)
        .hasFinding(FindingKind.TOO_MANY_ATTEMPTS)
        .hasFinding(FindingKind.CAME_EARLY);
    assertThat(verdict.findings(FindingKind.STORMED).getFirst().sentence())
        .isEqualTo("the request of call 1 came back 19 times within 180 ms");
    assertThat(verdict.passes()).isFalse();
  }

  /** The loop of opencode#37076, with a deployment that asks it to wait for nothing. */
  @Test
  void aClientThatObeysARetryAfterOfZeroStormsAndTheVerdictSaysSo() {
    programs
        .control()
        .inject(FaultSpec.of("zero", "retry-after-ms-0").onDeployment("micro").first(50));

    int calls = 0;
    for (Answer answer = obey(); answer.status() == 429; answer = obey()) {
      calls++;
      programs.advance(Duration.ofMillis(Long.parseLong(answer.header("retry-after-ms"))));
    }

    assertThat(calls).isEqualTo(50);
    ClientVerdict verdict = verdict();
    assertThat(verdict)
        .hasFinding(FindingKind.STORMED)
        .hasFinding(FindingKind.NO_BACKOFF)
        .hasFinding(FindingKind.TOO_MANY_ATTEMPTS);
    assertThat(verdict.findings(FindingKind.STORMED).getFirst().sentence())
        .isEqualTo("the request of call 1 came back 50 times within 0 ms");
    assertThat(verdict.passes()).isFalse();
  }

  private Answer obey() {
    return programs.straight(BothPrograms.MICRO, Chat.plain());
  }

  @Test
  void aBadRequestThatIsSentAgainIsFound() {
    for (int i = 0; i < 2; i++) {
      assertThat(programs.straight(BothPrograms.MICRO, "{\"messages\":[]}").status())
          .isEqualTo(400);
    }

    assertThat(verdict()).hasFinding(FindingKind.RETRIED_IN_VAIN);
  }

  private ClientVerdict verdict() {
    return programs.control().verdict(JournalQuery.all(), VerdictRules.defaults());
  }

  /** Takes all but 100 of the thousand tokens that a deployment is left with. */
  private void exhaust(String deployment) {
    programs.exhaust(deployment);
    programs.control().clearJournal();
  }

  /** Asks by the official client with its own retries. */
  private ChatCompletion ask(URI base, String model, String key) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(base.toString())
            .credential(AzureApiKeyCredential.create(key))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString(BothPrograms.API_VERSION))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .sleeper(new ClockMover())
            .build();
    try {
      return client
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder()
                  .model(model)
                  .addUserMessage(Chat.PROMPT)
                  .maxCompletionTokens((long) Chat.MAX_TOKENS)
                  .build());
    } finally {
      client.close();
    }
  }

  /** Instead of sleeping, moves the clock that both programs live by. */
  private final class ClockMover implements Sleeper {
    @Override
    public void sleep(Duration duration) {
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

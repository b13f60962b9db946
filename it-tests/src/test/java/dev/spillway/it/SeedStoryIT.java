package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment throttles as Azure OpenAI did in 2024, and the router makes it disappear. */
final class SeedStoryIT {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2024");

  @ParameterizedTest(name = "stream: {0}")
  @ValueSource(booleans = {false, true})
  void microAnswersWithFortyThousandTokens(boolean stream) {
    for (int i = 0; i < 20; i++) {
      assertThat(programs.straight(BothPrograms.MICRO, Chat.of(stream)))
          .matches(Answer::isComplete);
      programs.advance(TEN_SECONDS);
    }
  }

  @ParameterizedTest(name = "stream: {0}")
  @ValueSource(booleans = {false, true})
  void microLoweredWhileItRunsThrottlesInAzuresWords(boolean stream) {
    programs.straight(BothPrograms.MICRO, Chat.of(stream));
    programs.lower("micro", 1);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.advance(TEN_SECONDS);
      answers.add(programs.straight(BothPrograms.MICRO, Chat.of(stream)));
    }

    assertThat(answers).map(Answer::status).containsExactly(200, 200, 429);
    Answer throttled = answers.getLast();
    assertThat(throttled.header("Retry-After")).isEqualTo("30");
    assertThat(throttled.header("Content-Type")).isEqualTo("application/json");
    assertThat(throttled.json().at("/error/code").stringValue()).isEqualTo("429");
    assertThat(throttled.json().at("/error/message").stringValue())
        .isEqualTo(
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version"
                + " 2023-07-01-preview have exceeded token rate limit of your current OpenAI S0"
                + " pricing tier. Please retry after 30 seconds. Please go here:"
                + " https://aka.ms/oai/quotaincrease if you would like to further increase the"
                + " default rate limit.");
  }

  @ParameterizedTest(name = "{0}, stream: {1}")
  @CsvSource({"PATH, false", "PATH, true", "DATED, false", "DATED, true", "V1, false", "V1, true"})
  void theSameCallsNeverFailBehindTheRouterNorAreTheyRefusedByTheDeployment(
      Door door, boolean stream) {
    programs.lower("micro", 1);
    List<String> servedBy = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Answer answer = programs.routed(door, stream);
      assertThat(answer).matches(Answer::isComplete);
      servedBy.add(answer.servedBy());
      programs.advance(TEN_SECONDS);
    }

    assertThat(servedBy)
        .containsExactly("micro", "micro", "micro", "35turbo", "35turbo", "35turbo", "micro");
    assertThat(programs.count("micro", 429)).as("the router looks ahead").isZero();
  }

  @ParameterizedTest(name = "{0}, stream: {1}")
  @CsvSource({"PATH, false", "DATED, true", "V1, false"})
  void theTraceShowsTheSwapAndThenTheRest(Door door, boolean stream) {
    programs.exhaust("micro");
    Answer swapped = programs.routed(door, stream);
    programs.advance(TEN_SECONDS);
    Answer next = programs.routed(door, stream);

    assertThat(swapped.trace())
        .matches("micro=429\\(retry-after 60s, \\d+ms\\) -> 35turbo=200\\(\\d+ms\\)");
    assertThat(swapped.header("x-router-attempts")).isEqualTo("2");
    assertThat(next.trace()).matches("micro=resting\\(50s\\) -> 35turbo=200\\(\\d+ms\\)");
    assertThat(next.header("x-router-attempts")).isEqualTo("1");
  }

  @ParameterizedTest(name = "stream: {0}")
  @ValueSource(booleans = {false, true})
  void thePrimaryServesAgainAMinuteLaterAndNotAMillisecondBefore(boolean stream) {
    programs.exhaust("micro");
    assertThat(programs.routed(Door.PATH, stream).servedBy()).isEqualTo("35turbo");
    programs.advance(Duration.ofMillis(59_999));
    assertThat(programs.routed(Door.PATH, stream).servedBy()).isEqualTo("35turbo");
    programs.advance(Duration.ofMillis(1));

    Answer back = programs.routed(Door.PATH, stream);
    assertThat(back.servedBy()).isEqualTo("micro");
    assertThat(back).matches(Answer::isComplete);
  }

  @ParameterizedTest(name = "{0}, stream: {1}")
  @CsvSource({"PATH, false", "DATED, true", "V1, false"})
  void whenBothAreOutTheCallerWaitsForTheFirstThatIsBack(Door door, boolean stream) {
    programs.exhaust("micro");
    programs.advance(Duration.ofSeconds(20));
    programs.exhaust("35turbo");
    programs.advance(Duration.ofSeconds(5));
    Answer throttled = programs.routed(door, stream);

    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.header("x-router-origin")).isEqualTo("router");
    assertThat(throttled.header("Content-Type")).isEqualTo("application/json");
    assertThat(throttled.header("Retry-After")).isEqualTo("35");
    assertThat(throttled.header("retry-after-ms")).isEqualTo("35000");
    assertThat(throttled.json().at("/error/code").stringValue()).isEqualTo("429");
    assertThat(throttled.json().at("/error/message").stringValue())
        .endsWith(" Please retry after 35 seconds.");
    programs.advance(Duration.ofMillis(34_999));
    assertThat(programs.routed(door, stream).status()).isEqualTo(429);
    programs.advance(Duration.ofMillis(1));
    assertThat(programs.routed(door, stream)).matches(Answer::isComplete);
  }

  @Test
  void whileBothRestTheEmulatorIsLeftAlone() {
    programs.exhaust("micro");
    programs.exhaust("35turbo");
    programs.routed();
    programs.control().clearJournal();

    assertThat(programs.routed().status()).isEqualTo(429);
    assertThat(programs.journal()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", BothPrograms.AZURE_KEY})
  void aKeyThatIsNoCallersIsRefusedAndNeverReachesTheEmulator(String key) {
    URI address = programs.router().resolve(Door.PATH.path());
    Answer answer = programs.post(address, key, Chat.plain());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("401");
    assertThat(programs.journal()).isEmpty();
  }

  @Test
  void aCallersKeyIsWorthNothingAtTheEmulator() {
    URI address = programs.emulator().resolve(BothPrograms.MICRO);
    Answer answer = programs.post(address, BothPrograms.CALLER_KEY, Chat.plain());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[",
        "",
        "{\"max_tokens\":140}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"content\":\"Hello\"}]}"
      })
  void aBadRequestComesThroughByteForByteAfterOneAttempt(String body) {
    Answer straight = programs.straight(BothPrograms.MICRO, body);
    programs.advance(TEN_SECONDS);
    for (Door door : List.of(Door.PATH, Door.DATED)) {
      programs.control().clearJournal();
      Answer routed = programs.routed(door.path(), body);

      assertThat(routed.status()).isEqualTo(400).isEqualTo(straight.status());
      assertThat(routed.bytes()).isEqualTo(straight.bytes());
      assertThat(routed.header("Content-Type")).isEqualTo(straight.header("Content-Type"));
      assertThat(programs.attempts()).containsExactly("micro 400");
      programs.advance(TEN_SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({"PATH, false", "PATH, true", "DATED, false", "DATED, true"})
  void theRouterAddsApiVersionAndAzuresKeyAndLeavesTheBodyAsItIs(Door door, boolean stream) {
    programs.routed(door, stream);

    JournalEntry seen = programs.journal().getFirst();
    assertThat(seen.path()).isEqualTo("/openai/deployments/micro/chat/completions");
    assertThat(seen.apiVersion()).isEqualTo(BothPrograms.API_VERSION);
    assertThat(seen.caller()).isEqualTo("key1");
    assertThat(seen.stream()).isEqualTo(stream);
    assertThat(seen.body()).isEqualTo(door.body(stream));
  }

  @Test
  void onV1TheRouterNamesTheBackendsDeploymentAsTheModelAndNoApiVersion() {
    programs.routed(Door.V1, false);

    JournalEntry seen = programs.journal().getFirst();
    assertThat(seen.path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(seen.deployment()).isEqualTo("micro");
    assertThat(seen.apiVersion()).isNull();
    assertThat(seen.caller()).isEqualTo("key1");
    assertThat(seen.body()).isEqualTo(Door.V1.body(false).replace("\"gpt-35-turbo\"", "\"micro\""));
  }

  @Test
  void theBackendsApiVersionGoesInsteadOfTheCallers() {
    programs.routed(Door.DATED.path() + "?api-version=2024-10-21", Chat.plain());

    assertThat(programs.journal().getFirst().apiVersion()).isEqualTo(BothPrograms.API_VERSION);
  }
}

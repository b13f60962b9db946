package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.health.HealthState;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Step;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceBuilderTest {

  private static final long START = Duration.ofHours(1).toNanos();
  private static final long SENT = START + Duration.ofMillis(5).toNanos();
  private static final long ANSWERED = SENT + Duration.ofMillis(30).toNanos();

  private final TraceBuilder trace =
      new TraceBuilder(Instant.parse("2026-01-01T00:00:00Z"), START, null);

  @Test
  void anAttemptIsTimedFromTheRequestsBeginningAndFromItsOwn() {
    trace.attempted(MICRO, Fixtures.ok(), Spent.NOTHING, SENT, ANSWERED);
    trace.abandoned(TURBO, Spent.NOTHING, SENT, ANSWERED);

    assertThat(attempts())
        .allSatisfy(attempt -> {
          assertThat(attempt.after()).isEqualTo(Duration.ofMillis(5));
          assertThat(attempt.took()).isEqualTo(Duration.ofMillis(30));
        });
  }

  @Test
  void aStreamTellsWhenItSaidSomethingFirst() {
    Heard heard = new Heard(null, 3, SENT + Duration.ofMillis(20).toNanos());
    Answer answer = new Answer(200, List.of(), new AnswerBody.Whole(new byte[0]), heard);
    trace.attempted(MICRO, new AttemptResult.Succeeded(answer), Spent.NOTHING, SENT, ANSWERED);
    trace.attempted(MICRO, Fixtures.ok(), Spent.NOTHING, SENT, ANSWERED);

    assertThat(attempts().getFirst().firstToken()).isEqualTo(Duration.ofMillis(20));
    assertThat(attempts().getLast().firstToken()).isNull();
  }

  @Test
  void aResultThatIsNoStatusSaysWhy() {
    List<AttemptResult> results =
        List.of(
            new AttemptResult.Garbled("broken JSON"),
            new AttemptResult.Unreachable("ConnectException"),
            new AttemptResult.Reset("EofException"),
            Fixtures.noToken(),
            Fixtures.tooLong(),
            Fixtures.refused(400),
            Fixtures.ok());
    results.forEach(result -> trace.attempted(MICRO, result, Spent.NOTHING, SENT, ANSWERED));

    assertThat(attempts())
        .extracting(Step.Attempted::why)
        .containsExactly(
            "broken JSON",
            "ConnectException",
            "EofException",
            "the endpoint is down",
            "too long for the model",
            null,
            null);
  }

  @Test
  void aBackendThatIsTriedBySomebodyElseIsSaidToBe() {
    trace.decided(
        new Decision.Send(TURBO),
        List.of(
            new Candidate(MICRO, new HealthState.HalfOpen(false)),
            new Candidate(TURBO, HealthState.SERVING)));

    assertThat(trace.steps())
        .containsExactly(new Step.Skipped("micro", "half-open", Duration.ZERO));
  }

  /** A trace is shown in a header and in logs, whatever a caller wrote. */
  @ParameterizedTest
  @CsvSource({
    "resp_1-a.b, resp_1-a.b is at micro",
    "'a b\r\nc\u00e9', a?b??c? is at micro",
  })
  void whatACallerWroteIsShownInHarmlessCharacters(String id, String shown) {
    trace.concerns(new Stay.With(id.translateEscapes(), "micro"));

    assertThat(TraceLine.of(trace.steps())).isEqualTo(shown);
  }

  @Test
  void aLongIdIsShownByItsFirstEightyCharacters() {
    trace.concerns(new Stay.Search("x".repeat(80)));
    assertThat(TraceLine.of(trace.steps())).isEqualTo("x".repeat(80) + " is looked for");

    trace.concerns(new Stay.Search("y".repeat(81)));
    assertThat(TraceLine.of(trace.steps())).endsWith(" -> " + "y".repeat(80) + " is looked for");
  }

  private List<Step.Attempted> attempts() {
    return trace.steps().stream().map(Step.Attempted.class::cast).toList();
  }
}

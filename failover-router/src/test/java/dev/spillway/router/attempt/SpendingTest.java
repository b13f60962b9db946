package dev.spillway.router.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Threads 53 to 55: what an attempt has probably cost, by how much of it is known. */
class SpendingTest {

  private static final Usage USAGE = new Usage(7, 3, 0);
  private static final LazyFacts LIMITED =
      facts(
          "{\"messages\":[{\"role\":\"user\",\"content\":\"12345678\"}],\"max_tokens\":50,\"n\":2}");
  private static final LazyFacts UNLIMITED =
      facts("{\"messages\":[{\"role\":\"user\",\"content\":\"12345678\"}]}");

  @Test
  void whatWasThrottledRejectedOrNeverSentHasCostNothing() {
    assertThat(Spending.of(Fixtures.throttled(Duration.ofSeconds(1)), LIMITED))
        .isEqualTo(Spent.NOTHING);
    assertThat(Spending.of(Fixtures.rejected(401), LIMITED)).isEqualTo(Spent.NOTHING);
    assertThat(Spending.of(Fixtures.refused(400), LIMITED)).isEqualTo(Spent.NOTHING);
    assertThat(Spending.of(Fixtures.unreachable(), LIMITED)).isEqualTo(Spent.NOTHING);
  }

  @Test
  void whatMayHaveWorkedHasCostThePromptAndTheLongestAnswersAtMost() {
    Spent atMost = new Spent.Unknown(2, 100L);

    assertThat(Spending.of(Fixtures.failed(500), LIMITED)).isEqualTo(atMost);
    assertThat(Spending.of(new AttemptResult.TimedOut(), LIMITED)).isEqualTo(atMost);
    assertThat(Spending.of(Fixtures.reset(), LIMITED)).isEqualTo(atMost);
    assertThat(Spending.of(Fixtures.garbled(), LIMITED)).isEqualTo(atMost);
    assertThat(Spending.of(new AttemptResult.Stale(), LIMITED)).isEqualTo(atMost);
    assertThat(Spending.of(Fixtures.failed(500), UNLIMITED)).isEqualTo(new Spent.Unknown(2, null));
  }

  @Test
  void whatABackendHasSaidGoesBeforeWhatCameOfItAndThatBeforeAGuess() {
    assertThat(Spending.of(new AttemptResult.Reset("cut", new Heard(USAGE, 400, null)), LIMITED))
        .isEqualTo(new Spent.Reported(USAGE));
    assertThat(Spending.of(new AttemptResult.Reset("cut", new Heard(null, 10, null)), LIMITED))
        .isEqualTo(new Spent.Estimated(2, 3));
    assertThat(Spending.of(Fixtures.stream(), LIMITED)).isEqualTo(Spent.PENDING);
  }

  private static LazyFacts facts(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return new LazyFacts(
        Optional.of(Operation.CHAT_COMPLETIONS), () -> new ByteArrayInputStream(body));
  }
}

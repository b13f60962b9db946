package dev.spillway.router.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void aFullBudgetIsTenSecondsWorth() {
    assertThat(retriesAtOnce(new RetryBudget(20, 10, 0), 0)).isEqualTo(100);
  }

  @Test
  void itRefillsBySoManyASecond() {
    RetryBudget budget = new RetryBudget(0, 10, 0);
    assertThat(retriesAtOnce(budget, 0)).isEqualTo(100);

    assertThat(retriesAtOnce(budget, SECOND)).isEqualTo(10);
    assertThat(retriesAtOnce(budget, 1000 * SECOND)).isEqualTo(100);
  }

  /** Invariant 11: however many fail, no more than a share of the requests is retried. */
  @ParameterizedTest
  @CsvSource({"20, 200", "5, 50", "0, 0", "100, 1000"})
  void withoutAFloorItIsAShareOfTheRequests(int percent, int expected) {
    RetryBudget budget = new RetryBudget(percent, 0, 0);
    int unused = retriesAtOnce(budget, 0);
    int retried = 0;
    for (int i = 0; i < 1000; i++) {
      budget.requested();
      retried += retriesAtOnce(budget, 0);
    }
    assertThat(retried).isBetween(expected - 1, expected);
  }

  @Test
  void aClockThatStandsStillGivesNothing() {
    RetryBudget budget = new RetryBudget(0, 10, SECOND);
    int unused = retriesAtOnce(budget, SECOND);

    assertThat(budget.mayRetry(SECOND)).isFalse();
    assertThat(budget.mayRetry(0)).isFalse();
  }

  /** Threads that looked at their clocks before others come after them. */
  @Test
  void noMomentRefillsItTwice() {
    RetryBudget budget = new RetryBudget(0, 1, 0);
    int unused = retriesAtOnce(budget, 0);
    for (int i = 0; i < 100; i++) {
      assertThat(budget.mayRetry(SECOND)).isTrue();
      assertThat(budget.mayRetry(0)).isTrue();
    }

    assertThat(retriesAtOnce(budget, SECOND)).isEqualTo(1);
  }

  /** Half a second gives half of one a second. */
  @Test
  void itRefillsLittleByLittle() {
    long begun = Duration.ofHours(1).toNanos();
    RetryBudget budget = new RetryBudget(0, 1, begun);
    int unused = retriesAtOnce(budget, begun);

    assertThat(budget.mayRetry(begun + SECOND - 1)).isFalse();
    assertThat(retriesAtOnce(budget, begun + SECOND)).isEqualTo(1);
    assertThat(retriesAtOnce(budget, begun + 60 * SECOND)).isEqualTo(10);
  }

  @Test
  void whatIsLeftOutlivesAReloadThatDoesNotChangeIt() {
    RetryBudget budget = new RetryBudget(20, 10, 0);

    assertThat(budget.followedBy(new RetryBudget(20, 10, 0))).isSameAs(budget);
    RetryBudget otherShare = new RetryBudget(21, 10, 0);
    assertThat(budget.followedBy(otherShare)).isSameAs(otherShare);
    RetryBudget otherFloor = new RetryBudget(20, 11, 0);
    assertThat(budget.followedBy(otherFloor)).isSameAs(otherFloor);
  }

  private static int retriesAtOnce(RetryBudget budget, long now) {
    int retries = 0;
    while (budget.mayRetry(now)) {
      budget.retried();
      retries++;
    }
    return retries;
  }
}

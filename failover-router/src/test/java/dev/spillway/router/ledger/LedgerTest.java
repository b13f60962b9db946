package dev.spillway.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.ledger.Cost.Sum;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.Purpose;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.RequestTrace.Asked;
import dev.spillway.router.trace.RequestTrace.Course;
import dev.spillway.router.trace.RequestTrace.Outcome;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Step;
import dev.spillway.router.trace.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

  private static final Spent REPORTED = new Spent.Reported(new Usage(100, 20, 64));
  private static final Sum NONE = Sum.NOTHING;

  private final RequestId.Source ids = new RequestId.Source("start");
  private final Ledger ledger = new Ledger(Instant.EPOCH);

  @Test
  void whatServedAndWhatWasLostAreKeptApart() {
    book(
        Delivery.COMPLETE,
        attempt("micro", new Spent.Unknown(90, 140L)),
        attempt("35turbo", REPORTED));
    book(Delivery.COMPLETE, attempt("micro", Spent.NOTHING), attempt("35turbo", REPORTED));

    assertThat(ledger.costs())
        .containsExactly(
            Map.entry(
                account("35turbo", Purpose.SERVED),
                new Cost(2, new Sum(2, 200, 40, 128, 0), NONE, NONE)),
            Map.entry(
                account("micro", Purpose.LOST),
                new Cost(2, NONE, NONE, new Sum(1, 90, 140, 0, 0))));
  }

  /** Thread 47: what a caller who left has cost is on the bill as well. */
  @ParameterizedTest
  @CsvSource({"COMPLETE, SERVED", "CUT, CUT", "CALLER_LEFT, LEFT"})
  void aStreamIsWorthWhatBecameOfIt(Delivery delivery, Purpose purpose) {
    book(delivery, attempt("micro", new Spent.Estimated(10, 3)));

    assertThat(ledger.costs())
        .containsExactly(
            Map.entry(account("micro", purpose), new Cost(1, NONE, new Sum(1, 10, 3, 0, 0), NONE)));
  }

  @Test
  void anAttemptWithoutAnEndIsCountedAsSuch() {
    book(
        Delivery.COMPLETE,
        attempt("micro", new Spent.Unknown(90, null)),
        attempt("35turbo", REPORTED));

    assertThat(ledger.costs().get(account("micro", Purpose.LOST)))
        .isEqualTo(new Cost(1, NONE, NONE, new Sum(1, 90, 0, 0, 1)));
  }

  @Test
  void thePartOfTheFirstChoiceAndWhatSpilled() {
    for (int i = 0; i < 3; i++) {
      book(Delivery.COMPLETE, attempt("ptu", REPORTED));
    }
    book(Delivery.COMPLETE, attempt("ptu", Spent.NOTHING), attempt("paygo", REPORTED));

    Shares shares =
        Shares.of("pool", List.of(List.of("ptu"), List.of("paygo", "more")), ledger.costs());
    assertThat(shares.first()).isEqualTo(0.75);
    assertThat(shares.spilled()).isEqualTo(120);
    assertThat(Shares.of("other", List.of(List.of("ptu")), ledger.costs()).first()).isOne();
    assertThat(LedgerJson.of(ledger, Map.of("pool", List.of(List.of("ptu"), List.of("paygo")))))
        .startsWith(
            """
            {"since":"1970-01-01T00:00:00Z","served":{"attempts":4,"reported":{"attempts":4,"prompt":400,"completion":80,"cached":256}\
            """)
        .contains(
            """
            "pools":[{"pool":"pool","first-choice":0.75,"spilled-tokens":120,"tokens-by-priority":[360,120]}]\
            """)
        .contains(
            """
            {"pool":"pool","backend":"ptu","caller":"analysts","class":"lost","attempts":1,\
            """);
  }

  private static Account account(String backend, Purpose purpose) {
    return new Account("pool", backend, "analysts", purpose);
  }

  private static Step.Attempted attempt(String backend, Spent spent) {
    return new Step.Attempted(
        backend, Duration.ZERO, "200", null, "EXECUTED", Duration.ZERO, null, null, spent);
  }

  private void book(Delivery delivery, Step.Attempted... attempts) {
    ledger.finished(
        new RequestTrace(
            ids.next(),
            null,
            Instant.EPOCH,
            new Asked("analysts", "POST", "gpt", "chat/completions", "pool"),
            List.of(),
            List.of(attempts),
            new Outcome("answered", 200, attempts[attempts.length - 1].backend(), Duration.ZERO),
            new Course(delivery, Duration.ZERO)));
  }
}

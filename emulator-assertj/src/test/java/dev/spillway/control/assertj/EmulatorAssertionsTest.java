package dev.spillway.control.assertj;

import static dev.spillway.control.assertj.EmulatorAssertions.assertThat;
import static dev.spillway.control.assertj.EmulatorAssertions.assertThatClientOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.FindingKind;
import dev.spillway.control.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EmulatorAssertionsTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  /** One call at so many milliseconds, told to wait when it was throttled. */
  private static JournalEntry call(long number, long at, String deployment, int status) {
    Instant arrived = START.plusMillis(at);
    return new JournalEntry(
        number,
        arrived,
        arrived,
        "id",
        null,
        "key1",
        "POST",
        "/",
        null,
        null,
        deployment,
        null,
        false,
        status,
        status == 429 ? "tokens" : null,
        null,
        null,
        null,
        status == 429 ? 60_000L : null,
        JournalEntry.COMPLETE,
        "{}");
  }

  private static final ClientVerdict GOOD =
      ClientVerdict.of(List.of(call(1, 0, "micro", 429), call(2, 5, "35turbo", 200)));

  private static final ClientVerdict EARLY =
      ClientVerdict.of(List.of(call(1, 0, "micro", 429), call(2, 8_000, "micro", 200)));

  private static final ClientVerdict STORM =
      ClientVerdict.of(
          List.of(
              call(1, 0, "micro", 429),
              call(2, 1, "micro", 429),
              call(3, 2, "micro", 429),
              call(4, 3, "micro", 429)));

  @Test
  void aGoodClientPassesAllOfThem() {
    assertThatCode(() ->
            assertThat(GOOD)
                .passes()
                .waitedAsTold()
                .backedOff()
                .neverStormed()
                .neverHedged()
                .neverRetriedInVain()
                .neverGaveUp()
                .leftRestingDeploymentsAlone()
                .movedOnAtOnce()
                .hasAtMostAttempts(2)
                .wastedAtMost(0)
                .wasServed())
        .doesNotThrowAnyException();
  }

  @Test
  void aFailureShowsWhatWasFoundAndTheLinesOfTheJournal() {
    assertThatThrownBy(() -> assertThat(EARLY).waitedAsTold())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            expected the client to wait as it was told, but:
              came-early: call 2 came back to micro 52 s early: call 1 was told to wait 60 s
                call 1  +0 ms  micro  429 tokens, told 60 s
                call 2  +8 s  micro  200\
            """);
  }

  @Test
  void aBadClientFailsTheOnesThatAreAboutIt() {
    fails(() -> assertThat(STORM).neverStormed(), "stormed: ");
    fails(() -> assertThat(STORM).passes(), "came-early: ");
    fails(() -> assertThat(STORM).neverGaveUp(), "gave-up: ");
    fails(() -> assertThat(STORM).hasAtMostAttempts(3), "but there were 4:");
    fails(() -> assertThat(STORM).wasServed(), "call 4  +3 ms  micro  429 tokens");
    fails(() -> assertThat(STORM).movedOnAtOnce(), "but it never did:");
    fails(() -> assertThat(GOOD).hasFinding(FindingKind.STORMED), "a finding stormed");
  }

  @Test
  void noneHoldsForNoCalls() {
    List<Consumer<ClientVerdictAssert>> all =
        List.of(
            ClientVerdictAssert::passes,
            ClientVerdictAssert::waitedAsTold,
            ClientVerdictAssert::neverStormed,
            ClientVerdictAssert::movedOnAtOnce,
            ClientVerdictAssert::wasServed,
            verdict -> verdict.hasAtMostAttempts(3),
            verdict -> verdict.wastedAtMost(0));

    assertThat(all)
        .allSatisfy(one ->
            fails(
                () -> one.accept(assertThatClientOf(List.of())), "the journal has no such calls"));
  }

  private static void fails(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }
}

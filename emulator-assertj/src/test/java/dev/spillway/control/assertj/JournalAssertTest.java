package dev.spillway.control.assertj;

import static dev.spillway.control.assertj.EmulatorAssertions.assertThatCalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.JournalEntry;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalAssertTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static JournalEntry call(
      long number,
      String resource,
      String deployment,
      @Nullable String spilledFrom,
      String caller,
      int status) {
    Instant at = START.plusMillis(10 * number);
    boolean served = status == 200;
    return new JournalEntry(
        number,
        at,
        at,
        "id",
        null,
        caller,
        "POST",
        "/",
        null,
        resource,
        deployment,
        spilledFrom,
        false,
        status,
        served ? null : "tokens",
        served ? 30L : null,
        served ? 10 : null,
        served ? 20 : null,
        served ? null : 60_000L,
        JournalEntry.COMPLETE,
        null);
  }

  private static final List<JournalEntry> CALLS =
      List.of(
          call(1, "east", "gpt", null, "key1", 200),
          call(2, "east", "gpt", null, "key1", 429),
          call(3, "west", "gpt", null, "key1", 200),
          call(4, "west", "standard", "ptu", "key2", 200));

  @Test
  void whatIsTrueHolds() {
    assertThatCalls(CALLS)
        .isNotEmpty()
        .hasSize(4)
        .hasStatuses(200, 429, 200, 200)
        .hasReasons("tokens")
        .inOrder("east/gpt", "gpt", "west/gpt", "ptu")
        .wereServedBy("east/gpt", "west/gpt", "standard")
        .wereServedBy("gpt", "standard")
        .anyMatch("by key2", call -> "key2".equals(call.caller()))
        .allMatch("posted", call -> call.method().equals("POST"))
        .usedTokensAtMost(90);
  }

  @Test
  void everyNarrowingLeavesTheCallsThatItNames() {
    assertThatCalls(CALLS).onDeployment("gpt").hasStatuses(200, 429, 200);
    assertThatCalls(CALLS).onDeployment("east/gpt").hasStatuses(200, 429);
    assertThatCalls(CALLS).onDeployment("ptu").wereServedBy("standard");
    assertThatCalls(CALLS).onResource("west").hasSize(2).usedTokensAtMost(60);
    assertThatCalls(CALLS).ofCaller("key2").inOrder("ptu");
    assertThatCalls(CALLS).withStatus(429).hasSize(1).onResource("west").isEmpty();
    assertThatCalls(CALLS).only("that were streamed", JournalEntry::stream).isEmpty();
  }

  @Test
  void aFailureShowsTheCallsThatItIsAbout() {
    assertThatThrownBy(() -> assertThatCalls(CALLS).onDeployment("east/gpt").hasStatuses(200, 200))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            expected the statuses of the calls on 'east/gpt' to be [200, 200], but they were [200, 429]:
              call 1  +0 ms  east/gpt  200, charged 30
              call 2  +10 ms  east/gpt  429 tokens, told 60 s\
            """);
  }

  @Test
  void aFailureForWantOfCallsShowsThoseThatThereWere() {
    assertThatThrownBy(() -> assertThatCalls(CALLS).onDeployment("mini").hasStatuses(200))
        .hasMessageStartingWith("expected calls on 'mini', but there were none:\n")
        .hasMessageContaining("call 4  +30 ms  west/ptu  200 by standard, charged 30");
  }

  @Test
  void whatIsNotTrueFails() {
    List<Consumer<JournalAssert>> all =
        List.of(
            JournalAssert::isEmpty,
            calls -> calls.hasSize(3),
            calls -> calls.hasReasons(),
            calls -> calls.inOrder("gpt", "gpt", "gpt"),
            calls -> calls.inOrder("gpt", "gpt", "gpt", "standard"),
            calls -> calls.wereServedBy("gpt"),
            calls -> calls.wereServedBy("gpt", "standard", "mini"),
            calls -> calls.anyMatch("streamed", JournalEntry::stream),
            calls -> calls.allMatch("served", call -> call.status() == 200),
            calls -> calls.usedTokensAtMost(89));

    assertThat(all).allSatisfy(one -> fails(one, CALLS));
  }

  @Test
  void nothingButBeingNoneHoldsForNone() {
    assertThatCalls(List.of()).isEmpty().hasSize(0);
    List<Consumer<JournalAssert>> all =
        List.of(
            JournalAssert::isNotEmpty,
            calls -> calls.hasStatuses(),
            calls -> calls.hasReasons(),
            calls -> calls.inOrder(),
            calls -> calls.wereServedBy(),
            calls -> calls.anyMatch("streamed", JournalEntry::stream),
            calls -> calls.allMatch("streamed", JournalEntry::stream),
            calls -> calls.usedTokensAtMost(0));

    assertThat(all).allSatisfy(one -> fails(one, List.of()));
  }

  @Test
  void aLongJournalIsCutShort() {
    assertThatThrownBy(() -> assertThatCalls(Collections.nCopies(60, CALLS.getFirst())).hasSize(1))
        .message()
        .hasLineCount(52)
        .endsWith("  and 10 more");
  }

  private static void fails(Consumer<JournalAssert> assertion, List<JournalEntry> calls) {
    assertThatThrownBy(() -> assertion.accept(assertThatCalls(calls)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("expected ");
  }
}

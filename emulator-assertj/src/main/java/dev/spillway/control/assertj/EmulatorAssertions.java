package dev.spillway.control.assertj;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import java.util.List;

/** The entry to assertions on what an emulator saw; goes beside AssertJ's own. */
public final class EmulatorAssertions {

  private EmulatorAssertions() {}

  public static ClientVerdictAssert assertThat(ClientVerdict verdict) {
    return new ClientVerdictAssert(verdict);
  }

  /** Whoever made these calls. */
  public static ClientVerdictAssert assertThatClientOf(List<JournalEntry> journal) {
    return assertThat(ClientVerdict.of(journal));
  }

  /** Whoever made the calls in this emulator's journal. */
  public static ClientVerdictAssert assertThatClientOf(EmulatorControl emulator) {
    return assertThatClientOf(emulator.journal(JournalQuery.all()));
  }

  /** The calls of a journal, one by one. */
  public static JournalAssert assertThatCalls(List<JournalEntry> journal) {
    return new JournalAssert(journal);
  }

  /** The calls in this emulator's journal, one by one. */
  public static JournalAssert assertThatCalls(EmulatorControl emulator) {
    return assertThatCalls(emulator.journal(JournalQuery.all()));
  }
}

package dev.spillway.control.assertj;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import java.util.List;

/** The entry to assertions on a client's behaviour; goes beside AssertJ's own. */
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
}

package dev.spillway.junit;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.SeenCall;
import java.util.List;
import java.util.stream.Collectors;

/** What the emulator has seen in a test that failed; it hangs on the failure as suppressed. */
public final class EmulatorJournal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 20;

  private EmulatorJournal(String message) {
    super(message, null, false, false);
  }

  static EmulatorJournal of(List<JournalEntry> calls) {
    if (calls.isEmpty()) {
      return new EmulatorJournal("no call came to the emulator in this test");
    }
    int hidden = Math.max(0, calls.size() - SHOWN);
    String lines =
        SeenCall.of(calls).stream()
            .skip(hidden)
            .map(call -> "\n  " + call.line())
            .collect(Collectors.joining());
    return new EmulatorJournal(head(calls.size(), hidden) + lines);
  }

  private static String head(int calls, int hidden) {
    String seen = calls == 1 ? "1 call" : calls + " calls";
    return hidden == 0
        ? seen + " came to the emulator in this test:"
        : seen + " came to the emulator in this test, the last " + SHOWN + " of them:";
  }
}

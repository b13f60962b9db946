package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Selection;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;

/** {@code alive-after}: whether one more call is served when all faults are over. */
final class Alive {

  private Alive() {}

  static Opinion judge(Check.AliveAfter check, Sight whole) {
    Sight sight = whole.of(new Selection(CallRecord.ALIVE_AFTER, null, null, null));
    String expected = "a call is served " + Words.of(check.pause()) + " after the last fault";
    return new Opinion(
        sight.exchanges().anyMatch(Exchange::isServed),
        expected,
        sight.exchanges().map(Statuses::words).findFirst().orElse("no call was made"),
        sight.lines(sight.exchanges()));
  }
}

package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code streams}: how they ended. */
final class Streams {

  private Streams() {}

  static Opinion judge(Check.Streams check, Sight sight) {
    List<Exchange> streams =
        sight.calls().stream().filter(CallRecord::stream).map(CallRecord::last).toList();
    if (streams.isEmpty()) {
      return new Opinion(false, Words.of(check.counts()), "no call asked for a stream", List.of());
    }
    Map<String, Long> seen = new TreeMap<>();
    streams.forEach(stream -> seen.merge(end(stream), 1L, Long::sum));
    boolean passes =
        check.counts().entrySet().stream()
            .allMatch(each ->
                each.getValue().holds(seen.getOrDefault(each.getKey(), 0L), streams.size()));
    return new Opinion(
        passes,
        Words.of(check.counts()),
        Words.of(seen),
        sight.lines(streams.stream().filter(stream -> !isWanted(end(stream), check))));
  }

  private static boolean isWanted(String end, Check.Streams check) {
    return check.counts().containsKey(end)
        && check.counts().get(end).holds(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static String end(Exchange stream) {
    boolean isAnswered = stream.end() == Exchange.End.COMPLETE;
    return isAnswered && stream.status() >= 300
        ? "refused"
        : stream.end().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

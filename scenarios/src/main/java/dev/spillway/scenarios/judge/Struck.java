package dev.spillway.scenarios.judge;

import dev.spillway.control.FaultStatus;
import dev.spillway.scenarios.format.Check;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code faults-struck}: whether what was to go wrong did. */
final class Struck {

  private Struck() {}

  static Opinion judge(Check.FaultsStruck check, Sight sight) {
    Map<String, Long> seen = new TreeMap<>();
    sight.faults().stream()
        .filter(status -> check.numbers().containsKey(status.fault().name()))
        .forEach(status -> seen.put(status.fault().name(), status.used()));
    List<String> wrong =
        check.numbers().entrySet().stream()
            .filter(each ->
                !seen.containsKey(each.getKey()) || !each.getValue().holds(seen.get(each.getKey())))
            .map(each -> each.getKey() + ": " + words(each.getKey(), sight))
            .toList();
    return new Opinion(wrong.isEmpty(), Words.of(check.numbers()), Words.of(seen), wrong);
  }

  private static String words(String name, Sight sight) {
    return sight.faults().stream()
        .filter(status -> status.fault().name().equals(name))
        .findFirst()
        .map(Struck::words)
        .orElse("there was no such fault");
  }

  private static String words(FaultStatus status) {
    return "struck %s of the %s that matched"
        .formatted(status.used(), Words.plural(status.matched(), "call"));
  }
}

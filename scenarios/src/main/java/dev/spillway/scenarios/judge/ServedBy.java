package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code served-by} and {@code deployments-used}: who answered, by the emulator's journal. */
final class ServedBy {

  private ServedBy() {}

  static Opinion judge(Check.ServedBy check, Sight sight) {
    Map<String, Long> seen = counts(sight);
    int calls = sight.calls().size();
    boolean passes =
        check.counts().entrySet().stream()
            .allMatch(each ->
                each.getValue().holds(seen.getOrDefault(each.getKey().toString(), 0L), calls));
    return new Opinion(
        passes,
        Words.of(check.counts()),
        Words.of(seen),
        sight.lines(
            sight.calls().stream()
                .map(CallRecord::last)
                .filter(last -> shows(last, check, sight))));
  }

  /** Whether it is no call of a deployment that all are wanted of, or any number. */
  private static boolean shows(Exchange last, Check.ServedBy check, Sight sight) {
    Optional<DeploymentRef> by = by(last, sight);
    return by.map(check.counts()::get)
        .filter(count -> count.holds(Long.MAX_VALUE, Long.MAX_VALUE))
        .isEmpty();
  }

  static Opinion judge(Check.DeploymentsUsed check, Sight sight) {
    Map<String, Long> seen = counts(sight);
    seen.remove("nobody");
    return new Opinion(
        check.number().holds(seen.size()),
        check.number() + " of them",
        Words.of(seen),
        sight.lines(sight.calls().stream().map(CallRecord::last)));
  }

  private static Map<String, Long> counts(Sight sight) {
    Map<String, Long> counts = new TreeMap<>();
    for (CallRecord call : sight.calls()) {
      String by = by(call.last(), sight).map(DeploymentRef::toString).orElse("nobody");
      counts.merge(by, 1L, Long::sum);
    }
    return counts;
  }

  private static Optional<DeploymentRef> by(Exchange exchange, Sight sight) {
    return sight.serving(exchange).map(Attempt::deployment);
  }
}

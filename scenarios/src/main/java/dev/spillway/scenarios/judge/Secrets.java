package dev.spillway.scenarios.judge;

import dev.spillway.control.FaultStatus;
import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.play.Traps;
import java.util.List;

/** {@code secrets-seen}: keys at a resource that should not know them. */
final class Secrets {

  private Secrets() {}

  static Opinion judge(Check.SecretsSeen check, Sight sight) {
    List<FaultStatus> traps =
        sight.faults().stream()
            .filter(status -> status.fault().name().startsWith(Traps.PREFIX))
            .toList();
    if (traps.isEmpty()) {
      return new Opinion(
          false, check.number() + " seen", "the scenario has no keys to look for", List.of());
    }
    long seen = traps.stream().mapToLong(FaultStatus::used).sum();
    return new Opinion(
        check.number().holds(seen),
        check.number() + " seen",
        seen + " seen",
        traps.stream()
            .filter(trap -> trap.used() > 0)
            .map(trap ->
                "%s, %s"
                    .formatted(
                        trap.fault().name().substring(Traps.PREFIX.length()),
                        Words.plural(trap.used(), "time")))
            .toList());
  }
}

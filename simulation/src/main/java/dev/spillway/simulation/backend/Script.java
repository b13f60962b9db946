package dev.spillway.simulation.backend;

import dev.spillway.simulation.world.FaultKind;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.Fault;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Which of a world's faults strikes; those of one world in their order. */
final class Script {

  private final List<Fault> faults;
  private final SplittableRandom random;

  Script(World world) {
    this.faults = world.faults();
    this.random = new SplittableRandom(world.seed() ^ 0x5c2197);
  }

  Optional<FaultKind> strikes(String backend, long now) {
    for (Fault fault : faults) {
      if (fault.backend().equals(backend)
          && fault.covers(now)
          && random.nextDouble() < fault.share()) {
        return Optional.of(fault.kind());
      }
    }
    return Optional.empty();
  }

  int oneOf(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  long upTo(long bound) {
    return random.nextLong(bound + 1);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}

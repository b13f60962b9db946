package dev.spillway.scenarios.play;

import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.scenarios.format.Event;
import dev.spillway.scenarios.stage.StageException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What happens to the emulator of a scenario, and how often each of its faults has struck. */
final class Happenings {

  private final EmulatorControl emulator;
  private final Map<String, FaultStatus> ended = new ConcurrentHashMap<>();

  Happenings(EmulatorControl emulator) {
    this.emulator = emulator;
  }

  /**
   * Lets it happen now.
   *
   * @throws StageException when the emulator has no such thing
   */
  void let(Event event) throws StageException {
    try {
      change(event);
    } catch (ControlException e) {
      throw new StageException(
          "'%s' cannot happen: %s".formatted(event.words(), e.getMessage()), e);
    }
  }

  private void change(Event event) {
    switch (event) {
      case Event.Change change -> {
        DeploymentStatus unused =
            emulator
                .resource(change.deployment().resource())
                .patch(change.deployment().deployment(), change.patch());
      }
      case Event.Reduction reduction -> {
        DeploymentStatus unused =
            emulator
                .resource(reduction.deployment().resource())
                .reduce(
                    reduction.deployment().deployment(), reduction.percent(), reduction.lasting());
      }
      case Event.Removal removal ->
          emulator
              .resource(removal.deployment().resource())
              .delete(removal.deployment().deployment());
      case Event.Fault fault -> inject(fault.fault());
    }
  }

  void inject(FaultSpec fault) {
    FaultStatus unused = emulator.inject(fault);
  }

  /** Takes all faults away. */
  void endFaults() {
    emulator.faults().forEach(fault -> ended.put(fault.fault().name(), fault));
    emulator.clearFaults();
  }

  /** All that were set, also those that have been taken away. */
  Stream<FaultStatus> faults() {
    return Stream.concat(ended.values().stream(), emulator.faults().stream());
  }
}

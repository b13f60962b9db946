package dev.spillway.scenarios.format;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.FaultSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happens to the emulator; moments are counted from the scenario's beginning. */
public sealed interface Event {

  /** When it happens, or begins. */
  Duration from();

  /** One line for people. */
  String words();

  /** A deployment is changed, and stays so. */
  record Change(Duration from, DeploymentRef deployment, DeploymentPatch patch, String words)
      implements Event {}

  /** A deployment has only so many hundredths of its limits for a while. */
  record Reduction(Duration from, DeploymentRef deployment, int percent, Duration lasting)
      implements Event {
    @Override
    public String words() {
      return deployment + " has " + percent + " % of its limits";
    }
  }

  /** A deployment is taken away. */
  record Removal(Duration from, DeploymentRef deployment) implements Event {
    @Override
    public String words() {
      return deployment + " is deleted";
    }
  }

  /**
   * Calls go wrong.
   *
   * @param to when it is over; null for the scenario's end
   */
  record Fault(Duration from, @Nullable Duration to, FaultSpec fault) implements Event {
    @Override
    public String words() {
      return fault.name();
    }
  }
}

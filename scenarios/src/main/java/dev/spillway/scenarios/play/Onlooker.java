package dev.spillway.scenarios.play;

import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.ResourceStatus;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Looks again and again at what is left of every deployment's limits. */
final class Onlooker {

  /** How long after the last call the emulator has to notice that its caller is gone. */
  private static final Duration AFTERMATH = Duration.ofMillis(500);

  private static final Duration FIRST_PERIOD = Duration.ofMillis(250);

  /** After so many looks they come half as often, so that a long scenario has not too many. */
  private static final int LOOKS = 240;

  private final EmulatorControl emulator;
  private final TimeSource time;
  private final long beginning;
  private final ConcurrentLinkedQueue<BucketSample> samples = new ConcurrentLinkedQueue<>();

  /**
   * An onlooker.
   *
   * @param beginning of the scenario, by the time's {@code nanoTime}
   */
  Onlooker(EmulatorControl emulator, TimeSource time, long beginning) {
    this.emulator = emulator;
    this.time = time;
    this.beginning = beginning;
  }

  /** Looks on as long as something goes on, and once more. */
  void lookOn(BooleanSupplier goesOn) throws InterruptedException {
    Duration period = FIRST_PERIOD;
    for (int looks = 1; goesOn.getAsBoolean(); looks++) {
      look();
      time.sleep(period);
      if (looks % LOOKS == 0) {
        period = period.multipliedBy(2);
      }
    }
    time.sleep(AFTERMATH);
    look();
  }

  private void look() {
    Duration now = Duration.ofNanos(time.nanoTime() - beginning);
    for (ResourceStatus resource : emulator.resources()) {
      for (DeploymentStatus one : resource.deployments()) {
        samples.add(
            new BucketSample(
                now,
                new DeploymentRef(resource.name(), one.name()),
                one.tokens(),
                one.requests(),
                one.utilization()));
      }
    }
  }

  List<BucketSample> samples() {
    return List.copyOf(samples);
  }
}

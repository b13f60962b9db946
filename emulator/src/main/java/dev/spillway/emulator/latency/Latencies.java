package dev.spillway.emulator.latency;

import dev.spillway.control.LatencySpec;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Plans how long answers take, and counts which are under way; safe for any number of threads.
 *
 * <p>A deployment takes as long as it says itself, or else as its resource says, or else no time.
 * Every answer that begins must end.
 */
public final class Latencies {

  private final LatencyPresets presets;
  private final Resources resources;
  private final Slowdown slowdown;
  private final TimeSource time;
  private final ConcurrentHashMap<DeploymentId, Integer> underWay = new ConcurrentHashMap<>();

  public Latencies(
      LatencyPresets presets, Resources resources, Slowdown slowdown, TimeSource time) {
    this.presets = presets;
    this.resources = resources;
    this.slowdown = slowdown;
    this.time = time;
  }

  /**
   * An answer begins.
   *
   * @param arrived when the call came
   * @param utilization of a provisioned deployment, in percent; 0 for a Standard one
   * @param random decides the jitter
   */
  public Pace begin(
      Deployment deployment,
      Instant arrived,
      Work work,
      double utilization,
      RandomGenerator random) {
    int calls = underWay.merge(deployment.id(), 1, Integer::sum);
    LatencySpec spec = spec(deployment);
    if (spec.isOff()) {
      return Pace.NONE;
    }
    LatencyModel model = presets.model(spec, deployment.model().name());
    if (time.isFrozen() && !model.waitsWhileFrozen()) {
      return Pace.NONE;
    }
    Instant now = time.instant();
    long start = time.nanoTime() - Duration.between(arrived, now).toNanos();
    double slower = slowdown.factor(deployment.id(), now);
    return model.pace(start, work, new Pressure(calls, utilization, slower), random);
  }

  /** It is over, however. */
  public void end(DeploymentId deployment) {
    underWay.computeIfPresent(deployment, (id, calls) -> calls == 1 ? null : calls - 1);
  }

  /** How many answers of a deployment have begun and not ended. */
  public int underWay(DeploymentId deployment) {
    return underWay.getOrDefault(deployment, 0);
  }

  private LatencySpec spec(Deployment deployment) {
    LatencySpec own = deployment.spec().latency();
    return own != null
        ? own
        : resources
            .find(deployment.resource())
            .map(Resource::latency)
            .orElse(LatencyPresets.NO_TIME);
  }
}

package dev.spillway.emulator.arm;

import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Remembers the {@link Options} of deployments.
 *
 * <p>One that was made elsewhere counts as made when the emulator started, and what was remembered
 * of a deployment is not taken for another that was made later under its name.
 */
final class Ledger {

  /** Of the deployment with this number. */
  private record Entry(long number, Options options) {}

  private final Deployments deployments;
  private final TimeSource time;
  private final Instant started;
  private final ConcurrentHashMap<DeploymentId, Entry> entries = new ConcurrentHashMap<>();

  Ledger(Deployments deployments, TimeSource time) {
    this.deployments = deployments;
    this.time = time;
    this.started = time.instant();
  }

  Options options(DeploymentId id) {
    Entry entry = entries.get(id);
    return entry != null && entry.number() == deployments.number(id)
        ? entry.options()
        : Options.made(started);
  }

  /** Remembers a deployment that has just been made. */
  void made(DeploymentId id, UnaryOperator<Options> options) {
    keep(id, options.apply(Options.made(time.instant())));
  }

  /** Remembers a change of a deployment. */
  void changed(DeploymentId id, UnaryOperator<Options> change) {
    keep(id, change.apply(options(id)));
  }

  Instant now() {
    return time.instant();
  }

  private void keep(DeploymentId id, Options options) {
    entries.put(id, new Entry(deployments.number(id), options));
  }
}

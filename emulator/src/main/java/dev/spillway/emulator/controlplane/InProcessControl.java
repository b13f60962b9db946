package dev.spillway.emulator.controlplane;

import dev.spillway.control.ClockStatus;
import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.Health;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.inference.PromptCache;
import dev.spillway.emulator.journal.Journal;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.time.VirtualClock;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steers the emulator from within its process; the HTTP routes call this too.
 *
 * <p>Changes of deployments come one after the other, so that a deployment and its limits agree.
 */
public final class InProcessControl implements EmulatorControl {

  private static final Duration LONGEST_STEP = Duration.ofDays(366);
  private static final int HIGHEST_SPEED = 1_000_000;

  private final List<DeploymentSpec> atStart;
  private final String wire;
  private final Deployments deployments;
  private final RateLimiters limiters;
  private final PromptCache prompts;
  private final Journal journal;
  private final CallSeeds seeds;
  private final VirtualClock clock;

  /**
   * @param atStart the deployments that {@link #reset()} goes back to
   * @param wire the name of the wire profile
   */
  public InProcessControl(
      List<DeploymentSpec> atStart,
      String wire,
      Deployments deployments,
      RateLimiters limiters,
      PromptCache prompts,
      Journal journal,
      CallSeeds seeds,
      VirtualClock clock) {
    this.atStart = List.copyOf(atStart);
    this.wire = wire;
    this.deployments = deployments;
    this.limiters = limiters;
    this.prompts = prompts;
    this.journal = journal;
    this.seeds = seeds;
    this.clock = clock;
    this.atStart.forEach(this::put);
  }

  @Override
  public List<DeploymentStatus> deployments() {
    return deployments.all().stream().map(this::status).toList();
  }

  @Override
  public DeploymentStatus deployment(String name) {
    return status(find(name));
  }

  @Override
  public synchronized DeploymentStatus put(DeploymentSpec spec) {
    Deployment deployment = deployments.put(spec);
    limiters.follow(deployment);
    return status(deployment);
  }

  @Override
  public synchronized DeploymentStatus patch(String name, DeploymentPatch patch) {
    try {
      return put(find(name).spec().patched(patch));
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public synchronized void delete(String name) {
    if (!deployments.remove(name)) {
      throw ControlException.noDeployment(name);
    }
    limiters.forget(name);
    prompts.forget(name);
  }

  @Override
  public ClockStatus clock() {
    return new ClockStatus(clock.instant(), clock.isFrozen(), clock.speed());
  }

  @Override
  public ClockStatus freeze() {
    clock.freeze();
    return clock();
  }

  @Override
  public ClockStatus advance(Duration duration) {
    if (duration.isNegative()) {
      throw ControlException.invalid("the clock only moves forward, not by " + duration);
    }
    if (duration.compareTo(LONGEST_STEP) > 0) {
      throw ControlException.invalid(
          "the clock moves by at most " + LONGEST_STEP.toDays() + " days at once");
    }
    clock.advance(duration);
    return clock();
  }

  @Override
  public ClockStatus setClock(Instant moment) {
    Instant now = clock.instant();
    if (moment.isBefore(now)) {
      throw ControlException.invalid(
          "the clock only moves forward, not from " + now + " to " + moment);
    }
    return advance(Duration.between(now, moment));
  }

  @Override
  public ClockStatus scale(double speed) {
    if (!(speed > 0) || speed > HIGHEST_SPEED) {
      throw ControlException.invalid(
          "the clock's speed is a number above 0 and up to " + HIGHEST_SPEED + ", not " + speed);
    }
    clock.scale(speed);
    return clock();
  }

  @Override
  public ClockStatus resume() {
    clock.resume();
    return clock();
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return journal.find(query);
  }

  @Override
  public void clearJournal() {
    journal.clear();
  }

  @Override
  public synchronized void reset() {
    deployments.all().forEach(deployment -> delete(deployment.name()));
    atStart.forEach(this::put);
    journal.clear();
    seeds.reset();
    clock.resume();
  }

  @Override
  public Health health() {
    return new Health("ok", wire, deployments.all().size());
  }

  private Deployment find(String name) {
    return deployments.find(name).orElseThrow(() -> ControlException.noDeployment(name));
  }

  private DeploymentStatus status(Deployment deployment) {
    LimitReadings readings = limiters.read(deployment);
    String path = new AzureRoute.Dated(deployment.name(), Operation.CHAT_COMPLETIONS.path()).path();
    return new DeploymentStatus(
        deployment.spec(),
        path,
        window(readings.tokens()),
        window(readings.requests()),
        utilization(readings));
  }

  private static @Nullable Double utilization(LimitReadings readings) {
    return switch (readings) {
      case LimitReadings.Windows windows -> null;
      case LimitReadings.Bucket bucket -> bucket.utilization();
    };
  }

  private static WindowStatus window(LimitReading reading) {
    Limit limit = reading.limit();
    return new WindowStatus(
        limit,
        limit.isUnlimited() ? limit : Limit.of(reading.remaining()),
        reading.period().toSeconds(),
        Math.ceilDiv(reading.untilFull().toNanos(), 1_000_000L));
  }
}

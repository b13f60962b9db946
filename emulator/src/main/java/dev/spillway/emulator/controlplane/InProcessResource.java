package dev.spillway.emulator.controlplane;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.AccessStatus;
import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.control.ReductionStatus;
import dev.spillway.control.ResourceControl;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.deployment.Allocation;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.inference.PromptCache;
import dev.spillway.emulator.latency.LatencyPresets;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.ratelimit.Reduction;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Steers one resource from within the emulator's process.
 *
 * <p>Changes come one after the other, so that a deployment and its limits agree.
 */
final class InProcessResource implements ResourceControl {

  /** What a resource is made of. */
  record Parts(
      Resources resources,
      Deployments deployments,
      Quotas quotas,
      ContentFilters filters,
      LatencyPresets latencies,
      RateLimiters limiters,
      PromptCache prompts,
      Faults faults,
      ReentrantLock changes) {

    Parts(
        Resources resources,
        Deployments deployments,
        Quotas quotas,
        ContentFilters filters,
        LatencyPresets latencies,
        RateLimiters limiters,
        PromptCache prompts,
        Faults faults) {
      this(
          resources,
          deployments,
          quotas,
          filters,
          latencies,
          limiters,
          prompts,
          faults,
          new ReentrantLock());
    }
  }

  private static final Duration LONGEST_REDUCTION = Duration.ofDays(366);

  private final String resource;
  private final Parts parts;

  InProcessResource(String resource, Parts parts) {
    this.resource = resource;
    this.parts = parts;
  }

  @Override
  public List<DeploymentStatus> deployments() {
    return parts.deployments().of(resource).stream().map(this::status).toList();
  }

  @Override
  public DeploymentStatus deployment(String name) {
    return status(find(name));
  }

  @Override
  public DeploymentStatus put(DeploymentSpec spec) {
    checkContentFilter(spec);
    checkLatency(spec);
    return change(() -> {
      valid(() -> allocate(spec));
      return deploy(spec);
    });
  }

  private DeploymentStatus deploy(DeploymentSpec spec) {
    Deployment deployment = parts.deployments().put(resource, spec);
    parts.limiters().follow(deployment);
    return status(deployment);
  }

  private void allocate(DeploymentSpec spec) {
    switch (parts.quotas().check(parts.deployments().planned(resource, spec))) {
      case Allocation.Granted granted -> {}
      case Allocation.Exceeded exceeded ->
          throw new ControlException(Reason.INSUFFICIENT_QUOTA, exceeded.message());
    }
  }

  @Override
  public DeploymentStatus patch(String name, DeploymentPatch patch) {
    return change(() -> ControlBodies.valid(() -> put(find(name).spec().patched(patch))));
  }

  @Override
  public DeploymentStatus reduce(String name, int percent, Duration lasting) {
    if (percent < 1 || percent > 99) {
      throw ControlException.invalid(
          "'percent' is a whole number from 1 to 99, and not " + percent);
    }
    if (!lasting.isPositive() || lasting.compareTo(LONGEST_REDUCTION) > 0) {
      throw ControlException.invalid(
          "limits are reduced for more than no time and at most %d days, not for %s"
              .formatted(LONGEST_REDUCTION.toDays(), lasting));
    }
    return change(() -> {
      Deployment deployment = find(name);
      valid(() -> parts.limiters().reduce(deployment, percent, lasting));
      return status(deployment);
    });
  }

  @Override
  public DeploymentStatus restore(String name) {
    return change(() -> {
      Deployment deployment = find(name);
      valid(() -> parts.limiters().restore(deployment));
      return status(deployment);
    });
  }

  private static void valid(Runnable change) {
    try {
      change.run();
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void delete(String name) {
    change(() -> forget(find(name).id()));
  }

  @Override
  public List<ErrorSwitch> errors(String name) {
    return parts.faults().of(find(name).id());
  }

  @Override
  public List<ErrorSwitch> fail(String name, ErrorSwitch error) {
    return change(() -> {
      parts.faults().set(find(name).id(), error);
      return errors(name);
    });
  }

  void deleteAll() {
    change(() -> parts.deployments().of(resource).forEach(deployment -> forget(deployment.id())));
  }

  /**
   * Makes what a new configuration changed, and leaves alone what it did not. Quotas have been
   * asked before, since on the way there may be more than at the end.
   */
  void follow(List<DeploymentSpec> before, List<DeploymentSpec> now) {
    now.forEach(this::checkContentFilter);
    Set<String> names = now.stream().map(DeploymentSpec::name).collect(Collectors.toSet());
    change(() -> {
      before.stream()
          .filter(spec -> !names.contains(spec.name()))
          .forEach(spec -> forget(new DeploymentId(resource, spec.name())));
      now.stream().filter(spec -> !before.contains(spec)).forEach(this::deploy);
    });
  }

  @Override
  public AccessStatus access() {
    return Accesses.status(account().access());
  }

  @Override
  public AccessStatus patch(AccessPatch patch) {
    return change(() -> {
      String name = account().name();
      Resource changed =
          parts
              .resources()
              .change(name, old -> old.withAccess(Accesses.patched(old.access(), patch)));
      return Accesses.status(changed.access());
    });
  }

  private Resource account() {
    return parts
        .resources()
        .find(resource)
        .orElseThrow(() -> ControlException.noResource(resource));
  }

  private void forget(DeploymentId id) {
    if (parts.deployments().remove(id)) {
      parts.limiters().forget(id);
      parts.prompts().forget(id);
      parts.faults().forget(id);
    }
  }

  private void change(Runnable change) {
    var unused =
        change(() -> {
          change.run();
          return true;
        });
  }

  private <T> T change(Supplier<T> change) {
    parts.changes().lock();
    try {
      return change.get();
    } finally {
      parts.changes().unlock();
    }
  }

  private void checkContentFilter(DeploymentSpec spec) {
    String filter = spec.contentFilter();
    if (filter != null && !parts.filters().has(filter)) {
      throw ControlException.invalid(
          "'%s' names the content filter '%s', which does not exist; there is %s"
              .formatted(spec.name(), filter, String.join(", ", parts.filters().names())));
    }
  }

  private void checkLatency(DeploymentSpec spec) {
    LatencySpec latency = spec.latency();
    if (latency != null) {
      valid(() -> parts.latencies().check(latency));
    }
  }

  private Deployment find(String name) {
    return parts
        .deployments()
        .find(new DeploymentId(resource, name))
        .orElseThrow(() -> ControlException.noDeployment(name));
  }

  private DeploymentStatus status(Deployment deployment) {
    LimitReadings readings = parts.limiters().read(deployment);
    String path = new AzureRoute.Dated(deployment.name(), Operation.CHAT_COMPLETIONS.path()).path();
    return new DeploymentStatus(
        resource,
        deployment.spec(),
        parts.resources().prefixOf(resource) + path,
        window(readings.tokens()),
        window(readings.requests()),
        utilization(readings),
        reduction(readings));
  }

  private static @Nullable Double utilization(LimitReadings readings) {
    return switch (readings) {
      case LimitReadings.Windows windows -> null;
      case LimitReadings.Bucket bucket -> bucket.utilization();
    };
  }

  private static @Nullable ReductionStatus reduction(LimitReadings readings) {
    return switch (readings) {
      case LimitReadings.Windows windows -> reduction(windows.reduction());
      case LimitReadings.Bucket bucket -> null;
    };
  }

  private static @Nullable ReductionStatus reduction(@Nullable Reduction now) {
    return now == null ? null : new ReductionStatus(now.percent(), millis(now.left()));
  }

  private static long millis(Duration duration) {
    return Math.ceilDiv(duration.toNanos(), 1_000_000L);
  }

  private static WindowStatus window(LimitReading reading) {
    Limit limit = reading.limit();
    return new WindowStatus(
        limit,
        limit.isUnlimited() ? limit : Limit.of(Math.max(0, reading.remaining())),
        reading.period().toSeconds(),
        millis(reading.untilFull()));
  }
}

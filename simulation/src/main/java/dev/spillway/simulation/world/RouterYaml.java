package dev.spillway.simulation.world;

import dev.spillway.simulation.world.World.BackendSpec;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.RouteSpec;
import dev.spillway.simulation.world.World.RouterLimits;
import dev.spillway.simulation.world.World.RuleSpec;
import dev.spillway.simulation.world.World.Setup;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The router.yaml of a world, as a person would write it. */
public final class RouterYaml {

  private RouterYaml() {}

  /** As it is in the beginning. */
  public static String of(World world) {
    return of(world, world.setup());
  }

  public static String of(World world, Setup setup) {
    StringBuilder yaml = new StringBuilder(1024);
    limits(world.limits(), yaml);
    yaml.append("backends:\n");
    world.backends().forEach(backend -> backend(backend, yaml));
    yaml.append("pools:\n");
    setup.pools().forEach(pool -> pool(pool, yaml));
    yaml.append("routes:\n");
    setup.routes().forEach(route -> route(route, yaml));
    yaml.append("clients:\n");
    world.callers().forEach(caller -> client(caller, yaml));
    return yaml.toString();
  }

  private static void limits(RouterLimits limits, StringBuilder yaml) {
    key(yaml, "timeout", limits.timeout());
    key(yaml, "first-byte-timeout", limits.firstByte());
    key(yaml, "first-token-timeout", limits.firstToken());
    key(yaml, "stream-idle-timeout", limits.streamIdle());
    key(yaml, "max-attempts", limits.maxAttempts());
    key(yaml, "max-cooldown", limits.maxCooldown());
    key(yaml, "default-cooldown", limits.defaultCooldown());
    key(yaml, "max-wait", limits.maxWait());
    key(yaml, "retry-ambiguous", limits.retryAmbiguous().name().toLowerCase(Locale.ROOT));
    key(yaml, "retry-share", limits.retryShare());
    key(yaml, "retry-floor", limits.retryFloor());
    key(yaml, "slow-start", limits.slowStart());
    key(yaml, "look-ahead", limits.lookAhead());
    key(yaml, "traces", 0);
  }

  private static void key(StringBuilder yaml, String key, Object value) {
    String text = value instanceof Duration duration ? duration.toMillis() + "ms" : "" + value;
    yaml.append(key).append(": ").append(text).append('\n');
  }

  private static void backend(BackendSpec backend, StringBuilder yaml) {
    String limits = backend.limits().yaml();
    yaml.append(
        "  %1$s: {url: \"http://%1$s\", deployment: %1$s, api-version: 2024-10-21, quota-group: %2$s%3$s}\n"
            .formatted(
                backend.name(), backend.deployment(), limits == null ? "" : ", limits: " + limits));
  }

  private static void route(RouteSpec route, StringBuilder yaml) {
    if (route.rules().isEmpty()) {
      yaml.append("  - {deployment: %s, pool: %s}\n".formatted(route.name(), route.otherwise()));
      return;
    }
    yaml.append("  - deployment: %s\n    rules:\n".formatted(route.name()));
    for (RuleSpec rule : route.rules()) {
      String when = rule.all().stream().map(Fit::yaml).collect(Collectors.joining(", "));
      yaml.append("      - {when: {%s}, pool: %s}\n".formatted(when, rule.pool()));
    }
    yaml.append("    default: %s\n".formatted(route.otherwise()));
  }

  private static void client(CallerSpec caller, StringBuilder yaml) {
    String quota =
        caller.requestsPerMinute() == 0
            ? ""
            : ", requests-per-minute: " + caller.requestsPerMinute();
    yaml.append(
        "  - {name: %1$s, key: key-of-%1$s, priority: %2$s%3$s}\n"
            .formatted(caller.name(), caller.priority().name().toLowerCase(Locale.ROOT), quota));
  }

  private static void pool(PoolSpec pool, StringBuilder yaml) {
    String balance = pool.balance().name().toLowerCase(Locale.ROOT).replace('_', '-');
    yaml.append("  %s:\n    balance: %s\n    backends:\n".formatted(pool.name(), balance));
    for (MemberSpec member : pool.members()) {
      yaml.append(
          "      - {backend: %s, priority: %d, weight: %d}\n"
              .formatted(member.backend(), member.priority(), member.weight()));
    }
  }
}

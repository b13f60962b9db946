package dev.spillway.simulation.world;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.simulation.world.World.LimitsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a router.yaml says of a deployment's limits: the truth, something else, or nothing. */
final class LimitsMaker {

  /** Of Standard deployments. */
  static final long TOKENS_PER_UNIT = 1_000;

  /** Of gpt-4o, of which all provisioned deployments are. */
  private static final long TOKENS_PER_PTU = 2_500;

  private LimitsMaker() {}

  static LimitsSpec make(DeploymentSpec spec, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> LimitsSpec.NONE;
      case 1 -> of(spec, random.nextBoolean() ? 0.3 : 3, false);
      default -> of(spec, 1, true);
    };
  }

  private static LimitsSpec of(DeploymentSpec spec, double factor, boolean areTrue) {
    if (spec.provisioned()) {
      return new LimitsSpec(
          "{ptu: %d, tokens-per-ptu: %d}"
              .formatted(spec.capacity().count(), Math.round(factor * TOKENS_PER_PTU)),
          areTrue);
    }
    List<String> keys = new ArrayList<>();
    add("tokens-per-minute", spec.tpm(), factor, keys);
    add("requests-per-minute", spec.rpm(), factor, keys);
    if (keys.isEmpty()) {
      return LimitsSpec.NONE;
    }
    keys.add("request-window: " + (spec.model().equals("gpt-35-turbo") ? "10s" : "60s"));
    return new LimitsSpec("{" + String.join(", ", keys) + "}", areTrue);
  }

  private static void add(String key, @Nullable Limit limit, double factor, List<String> keys) {
    if (!Objects.requireNonNull(limit).isUnlimited()) {
      keys.add(key + ": " + Math.max(1, Math.round(factor * limit.count())));
    }
  }
}

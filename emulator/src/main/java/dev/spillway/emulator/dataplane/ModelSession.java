package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import java.util.SplittableRandom;

/** {@code azureml-model-session}: the same for all calls of a deployment. */
final class ModelSession {

  private ModelSession() {}

  /** {@code dNNN-YYYYMMDDhhmmss}. */
  static String of2024(Deployment deployment) {
    SplittableRandom random = random(deployment);
    return "d%03d-2024%02d%02d%02d%02d%02d"
        .formatted(
            1 + random.nextInt(99),
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60));
  }

  /** {@code dYYYYMMDDhhmmss-<12 hex>}. */
  static String of2026(Deployment deployment) {
    SplittableRandom random = random(deployment);
    return "d2026%02d%02d%02d%02d%02d-%012x"
        .formatted(
            1 + random.nextInt(10),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextLong(1L << 48));
  }

  private static SplittableRandom random(Deployment deployment) {
    return new SplittableRandom(
        deployment.name().hashCode() * 31L + deployment.model().name().hashCode());
  }
}

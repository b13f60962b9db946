package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import java.util.SplittableRandom;

/** {@code azureml-model-session}: the same for all calls of a deployment. */
final class ModelSession {

  private ModelSession() {}

  /** {@code aoai-<model>-<number>}. */
  static String of2023(Deployment deployment) {
    return "aoai-%s-%d"
        .formatted(
            deployment.model().name().replace("gpt-35", "gpt35"),
            1 + random(deployment).nextInt(9));
  }

  /** {@code dNNN-YYYYMMDDhhmmss}. */
  static String of2024(Deployment deployment) {
    return numbered(deployment, 2024);
  }

  /** {@code dNNN-YYYYMMDDhhmmss}. */
  static String of2025(Deployment deployment) {
    return numbered(deployment, 2025);
  }

  private static String numbered(Deployment deployment, int year) {
    SplittableRandom random = random(deployment);
    return "d%03d-%d%02d%02d%02d%02d%02d"
        .formatted(
            1 + random.nextInt(99),
            year,
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

  /** The replica that serves: {@code dYYYYMMDDhhmmss-<8 hex>-default-r<n>-dp0-default}. */
  static String replica(Deployment deployment) {
    SplittableRandom random = random(deployment);
    return "d2026%02d%02d%02d%02d%02d-%08x-default-r%d-dp0-default"
        .formatted(
            1 + random.nextInt(10),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextLong(1L << 32),
            1 + random.nextInt(4));
  }

  private static SplittableRandom random(Deployment deployment) {
    return new SplittableRandom(
        deployment.name().hashCode() * 31L + deployment.model().name().hashCode());
  }
}

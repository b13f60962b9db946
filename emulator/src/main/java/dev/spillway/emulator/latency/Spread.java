package dev.spillway.emulator.latency;

import dev.spillway.control.LatencySpec.Jitter;
import java.util.random.RandomGenerator;

/**
 * How single times differ from the usual one: by a factor whose mean is 1.
 *
 * <p>Uniform: from {@code 1 - share} to {@code 1 + share}. Log-normal: {@code exp(N(-v/2, v))} with
 * {@code v = ln(1 + share²)}, whose standard deviation is the share. A factor is never below
 * 1/{@value #MOST} nor above {@value #MOST}.
 *
 * @param share from 0 to 1
 */
record Spread(Jitter jitter, double share) {

  static final int MOST = 10;

  boolean isNone() {
    return jitter == Jitter.CONSTANT || share == 0;
  }

  double factor(RandomGenerator random) {
    return switch (jitter) {
      case CONSTANT -> 1;
      case UNIFORM -> clamp(1 + share * (2 * random.nextDouble() - 1));
      case LOG_NORMAL -> clamp(logNormal(random));
    };
  }

  private double logNormal(RandomGenerator random) {
    double variance = Math.log1p(share * share);
    return Math.exp(random.nextGaussian() * Math.sqrt(variance) - variance / 2);
  }

  private static double clamp(double factor) {
    return Math.clamp(factor, 1.0 / MOST, MOST);
  }
}

package dev.spillway.emulator.latency;

import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.Delivery;
import dev.spillway.control.LatencySpec.Jitter;
import dev.spillway.control.LatencySpec.WhileFrozen;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long answers take, all of it known.
 *
 * <p>The first token comes {@code (first + perPromptToken x prompt + perToken x reasoning) x
 * pressure x slowdown x jitter} after the call, and every other {@code perToken x pressure x
 * jitter} after the one before it. The pressure is {@code (1 + (loadFactor - 1) x min(1, (calls -
 * 1) / (loadCalls - 1))) x (1 + (utilizationFactor - 1) x min(1, utilization / 100))}, as it is
 * when the call is taken. Times are in nanoseconds.
 *
 * @param delivery null for as the content filter has it
 */
record LatencyModel(
    long first,
    long perPromptToken,
    long perToken,
    Spread spread,
    double loadFactor,
    int loadCalls,
    double utilizationFactor,
    @Nullable Delivery delivery,
    long burstInterval,
    boolean waitsWhileFrozen) {

  private static final int USUAL_SPREAD = 20;
  private static final int USUAL_LOAD_CALLS = 50;
  private static final Duration USUAL_BURST_INTERVAL = Duration.ofSeconds(2);

  /** The model of a spec that leaves nothing to a preset. */
  static LatencyModel of(LatencySpec spec) {
    Jitter jitter = Objects.requireNonNullElse(spec.jitter(), Jitter.CONSTANT);
    int spread = Objects.requireNonNullElse(spec.spread(), USUAL_SPREAD);
    return new LatencyModel(
        nanos(spec.timeToFirstToken()),
        nanos(spec.timePerPromptToken()),
        nanos(spec.timePerToken()),
        new Spread(jitter, spread / 100.0),
        Objects.requireNonNullElse(spec.loadFactor(), 1.0),
        Objects.requireNonNullElse(spec.loadCalls(), USUAL_LOAD_CALLS),
        Objects.requireNonNullElse(spec.utilizationFactor(), 1.0),
        spec.delivery(),
        nanos(Objects.requireNonNullElse(spec.burstInterval(), USUAL_BURST_INTERVAL)),
        spec.whileFrozen() == WhileFrozen.WAIT);
  }

  /**
   * The times of one answer.
   *
   * @param start when the call came, in nanoseconds of the clock
   * @param random decides the jitter
   */
  Pace pace(long start, Work work, Pressure pressure, RandomGenerator random) {
    double factor = factor(pressure);
    double usualFirst =
        first
            + (double) perPromptToken * work.promptTokens()
            + (double) perToken * work.reasoningTokens();
    long[] due = new long[Math.max(1, work.tokens())];
    double at = usualFirst * factor * pressure.slowdown() * spread.factor(random);
    due[0] = Math.round(at);
    for (int i = 1; i < due.length; i++) {
      at += perToken * factor * spread.factor(random);
      due[i] = Math.round(at);
    }
    return new Pace(start, due, bursts(work) ? burstInterval : 0, waitsWhileFrozen);
  }

  private double factor(Pressure pressure) {
    double load = Math.min(1, (pressure.calls() - 1.0) / (loadCalls - 1));
    double use = Math.min(1, pressure.utilization() / 100);
    return (1 + (loadFactor - 1) * load) * (1 + (utilizationFactor - 1) * use);
  }

  private boolean bursts(Work work) {
    return delivery == null ? work.held() : delivery == Delivery.BURSTS;
  }

  private static long nanos(@Nullable Duration time) {
    return time == null ? 0 : time.toNanos();
  }
}

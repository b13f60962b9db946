package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.RedisServer;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Full;
import dev.spillway.time.VirtualClock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Provisioned deployments answer as a bucket of exact tokens does, to a few nanoseconds. */
class NaivePtuTest {

  private static final ModelCatalog CATALOG = ModelCatalog.bundled();
  private static final int SERIES = 500;

  /** Tokens a minute for a PTU, and the weight of an answer's token. */
  private static final Map<String, int[]> MODELS =
      Map.of(
          "gpt-4o", new int[] {2_500, 4},
          "o1", new int[] {230, 4},
          "gpt-5", new int[] {4_750, 8});

  /** The bucket keeps whole nanoseconds, each of which a pour may round by half of one. */
  private static final long NANOS = 500;

  private static final MathContext EXACT = new MathContext(40);
  private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);

  @ParameterizedTest
  @EnumSource
  void everyAnswerIsThatOfABucketOfExactTokens(Kept kept) {
    VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
    try (LimitStore store = kept.open(clock)) {
      for (long seed = 0; seed < kept.times(SERIES); seed++) {
        try {
          new Series(new SplittableRandom(seed), clock, store).play();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** An answer under way: what it was charged, in weighted tokens. */
  private record UnderWay(Permit permit, long charged) {}

  private static final class Series {
    private final VirtualClock clock;
    private final SplittableRandom random;
    private final String resource = RedisServer.unique();
    private final Deployments deployments = new Deployments(CATALOG);
    private final RateLimiters limiters;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final String model;
    private final int[] weights;
    private Deployment deployment;
    private BigDecimal rate;
    private BigDecimal tokens = BigDecimal.ZERO;

    Series(SplittableRandom random, VirtualClock clock, LimitStore store) {
      this.random = random;
      this.clock = clock;
      this.limiters = new RateLimiters(store, LimitTable.SINCE_2026, ChargeBy.DOCUMENTED);
      this.model = MODELS.keySet().stream().sorted().toList().get(random.nextInt(3));
      this.weights = Objects.requireNonNull(MODELS.get(model));
      int ptus = random.nextInt(1, 50);
      this.deployment = deployments.put(resource, DeploymentSpec.provisioned("ptu", model, ptus));
      this.rate = BigDecimal.valueOf((long) ptus * weights[0]);
    }

    void play() {
      for (int call = 0; call < 60; call++) {
        advance(Duration.ofNanos(random.nextLong(1, 10_000_000_000L)));
        switch (random.nextInt(10)) {
          case 0 -> resize(random.nextInt(1, 50));
          case 1, 2, 3 -> settle();
          default -> call();
        }
        compareReading();
      }
    }

    private void call() {
      int prompt = random.nextInt(random.nextInt(1, 100_000));
      int choices = random.nextInt(1, 3);
      Integer max = random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(4_000));
      long cost = prompt + (long) weights[1] * (max == null ? 640 : max) * choices;
      switch (admit(max, choices, prompt)) {
        case Admitted admitted -> {
          assertThat(exactWait()).as("wait of an admitted request").isLessThanOrEqualTo(NANOS);
          take(admitted, cost);
        }
        case Full full -> {
          long wait = full.retryAfter().toNanos();
          assertThat(wait).isCloseTo(exactWait(), within(NANOS));
          advance(Duration.ofNanos(wait - 1));
          assertThat(admit(max, choices, prompt)).as("too early").isInstanceOf(Full.class);
          advance(Duration.ofNanos(1));
          take((Admitted) admit(max, choices, prompt), cost);
        }
        case Admission.Denied denied -> throw new AssertionError("a window denied");
      }
    }

    private Admission admit(@Nullable Integer max, int choices, int prompt) {
      return limiters.admit(deployment, Chats.of(max, choices, 1, 0), () -> prompt);
    }

    private void take(Admitted admitted, long cost) {
      assertThat(admitted.permit().chargedTokens()).isEqualTo(cost);
      underWay.add(new UnderWay(admitted.permit(), cost));
      pour(cost);
    }

    private void settle() {
      UnderWay done = underWay.poll();
      if (done != null) {
        int prompt = random.nextInt(10_000);
        int answer = random.nextInt(4_000);
        done.permit().settle(prompt, answer);
        pour(prompt + (long) weights[1] * answer - done.charged());
      }
    }

    private void resize(int ptus) {
      deployment = deployments.put(resource, DeploymentSpec.provisioned("ptu", model, ptus));
      limiters.follow(deployment);
      rate = BigDecimal.valueOf((long) ptus * weights[0]);
    }

    private void pour(long amount) {
      tokens = tokens.add(BigDecimal.valueOf(amount)).max(BigDecimal.ZERO);
    }

    private void advance(Duration step) {
      clock.advance(step);
      BigDecimal drained = rate.multiply(BigDecimal.valueOf(step.toNanos())).divide(MINUTE, EXACT);
      tokens = tokens.subtract(drained).max(BigDecimal.ZERO);
    }

    private long exactWait() {
      BigDecimal over = tokens.subtract(rate).max(BigDecimal.ZERO);
      return over.multiply(MINUTE).divide(rate, EXACT).longValue();
    }

    private void compareReading() {
      LimitReading reading = limiters.read(deployment).tokens();
      long free = rate.subtract(tokens).max(BigDecimal.ZERO).longValue();
      long untilEmpty = tokens.multiply(MINUTE).divide(rate, EXACT).longValue();
      assertThat(reading.limit().count()).isEqualTo(rate.longValue());
      assertThat(reading.remaining()).as("remaining").isCloseTo(free, within(1L));
      assertThat(reading.untilFull().toNanos())
          .as("until empty")
          .isCloseTo(untilEmpty, within(NANOS));
    }
  }
}

package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RedisServer;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.time.VirtualClock;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked, whenever: every answer of the limits is that of {@link NaiveLimits}. */
class NaiveModelTest {

  private static final ModelCatalog CATALOG = ModelCatalog.bundled();
  private static final int SERIES = 1_000;
  private static final int CALLS = 60;

  static Stream<Arguments> years() {
    return Arrays.stream(Kept.values())
        .flatMap(kept -> Arrays.stream(LimitTable.values()).map(it -> Arguments.of(it, kept)));
  }

  @ParameterizedTest
  @MethodSource("years")
  void everyAnswerIsThatOfTheNaiveModel(LimitTable year, Kept kept) {
    VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
    try (LimitStore store = kept.open(clock)) {
      for (long seed = 0; seed < kept.times(SERIES); seed++) {
        try {
          boolean punishing = seed % 4 > 1 && !store.isShared();
          new Series(year, seed, punishing, clock, store).play();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("%s, seed %d: %s".formatted(year, seed, e.getMessage()), e);
        }
      }
    }
  }

  /** Some deployments, and what their callers and their owner do to them in the course of time. */
  private static final class Series {
    private final VirtualClock clock;
    private final SplittableRandom random;
    private final String resource = RedisServer.unique();
    private final Deployments deployments = new Deployments(CATALOG);
    private final RateLimiters limiters;
    private final Map<String, NaiveLimits> expected = new LinkedHashMap<>();

    Series(LimitTable year, long seed, boolean punishing, VirtualClock clock, LimitStore store) {
      this.clock = clock;
      random = new SplittableRandom(seed);
      boolean measured = seed % 2 == 0;
      ChargeBy by = measured ? ChargeBy.MEASURED : ChargeBy.DOCUMENTED;
      limiters = new RateLimiters(store, year, by, punishing);
      clock.advance(Duration.ofNanos(random.nextLong(1_000_000_000_000L)));
      for (String name : List.of("a", "b", "c")) {
        DeploymentSpec spec = DeploymentSpec.standard(name, anyModel(), anyCapacity());
        limiters.follow(deployments.put(resource, spec));
        expected.put(name, new NaiveLimits(year, measured, punishing, spec, clock.nanoTime()));
      }
    }

    void play() {
      for (int call = 0; call < CALLS; call++) {
        clock.advance(anyStep());
        Deployment deployment = any(random.nextInt(3) == 0 ? "a" : "b");
        switch (random.nextInt(12)) {
          case 0 -> change(deployment);
          case 1 -> unreadable(deployment);
          case 2 -> reduce(deployment);
          default -> call(deployment);
        }
        deployments.all().forEach(this::compareReadings);
      }
    }

    private Deployment any(String name) {
      return deployments.find(new DeploymentId(resource, name)).orElseThrow();
    }

    private void call(Deployment deployment) {
      ChatRequest request = anyRequest(deployment);
      NaiveLimits naive = expected(deployment);
      compare(limiters.admit(deployment, request, () -> 0), naive, naive.charge(request))
          .ifPresent(wait -> comeBack(deployment, request, wait));
    }

    private void unreadable(Deployment deployment) {
      var unused = compare(limiters.admitUnreadable(deployment), expected(deployment), 0);
    }

    /** A moment before the time, which is refused and costs a request, and then in time. */
    private void comeBack(Deployment deployment, ChatRequest request, Duration wait) {
      NaiveLimits naive = expected(deployment);
      long charge = naive.charge(request);
      int unit = random.nextInt(3);
      if (naive.isReducedUntilBefore(clock.nanoTime() + told(wait, unit).toNanos())) {
        return; // it would be let in sooner
      }
      clock.advance(told(wait, unit).minus(UNITS.get(unit)));
      Admission early = limiters.admit(deployment, request, () -> 0);
      assertThat(early).as("too early").isInstanceOf(Denied.class);
      Duration rest = compare(early, naive, charge).orElseThrow();
      if (random.nextBoolean()) {
        clock.advance(told(rest, unit));
        Admission inTime = limiters.admit(deployment, request, () -> 0);
        assertThat(inTime).as("having waited as told").isInstanceOf(Admitted.class);
        assertThat(compare(inTime, naive, charge)).isEmpty();
      }
    }

    private static final List<Duration> UNITS =
        List.of(Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofSeconds(1));

    /** The wait as a header tells it. */
    private static Duration told(Duration wait, int unit) {
      return switch (unit) {
        case 0 -> wait;
        case 1 -> Duration.ofMillis(RetryAfter.millis(wait));
        default -> Duration.ofSeconds(RetryAfter.seconds(wait));
      };
    }

    private void change(Deployment deployment) {
      DeploymentSpec spec = deployment.spec();
      DeploymentSpec changed =
          switch (random.nextInt(4)) {
            case 0 -> spec.withRpm(anyLimit(200));
            case 1 -> spec.withTpm(anyLimit(100_000));
            default ->
                DeploymentSpec.standard(spec.name(), spec.model(), anyCapacity())
                    .withRpm(random.nextBoolean() ? Limit.UNLIMITED : Limit.of(7));
          };
      limiters.follow(deployments.put(resource, changed));
      expected(deployment).follow(changed, clock.nanoTime());
    }

    private void reduce(Deployment deployment) {
      long now = clock.nanoTime();
      if (random.nextInt(4) == 0) {
        limiters.restore(deployment);
        expected(deployment).reduce(100, now, now);
      } else {
        int percent = random.nextInt(1, 100);
        Duration lasting = anyStep().plusNanos(1);
        limiters.reduce(deployment, percent, lasting);
        expected(deployment).reduce(percent, now + lasting.toNanos(), now);
      }
    }

    /** The wait, where the request is refused and one helps. */
    private Optional<Duration> compare(Admission admission, NaiveLimits naive, long charge) {
      NaiveLimits.Verdict verdict = naive.admit(charge, clock.nanoTime());
      switch (admission) {
        case Admitted admitted -> {
          assertThat(verdict.retryAfter()).as("wait of an admitted request").isNull();
          assertThat(admitted.permit().chargedTokens()).isEqualTo(charge);
          admitted.permit().settle();
          compare(admitted.readings(), naive);
          return Optional.empty();
        }
        case Denied denied -> {
          long wait = denied.retryAfter().map(Duration::toNanos).orElse(LimitWindow.NEVER);
          assertThat(wait).as("wait for %d tokens", charge).isEqualTo(verdict.retryAfter());
          assertThat(denied.limited() == Limited.TOKENS).isEqualTo(verdict.tokensAreNamed());
          compare(denied.readings(), naive);
          return denied.retryAfter();
        }
        case Admission.Full full -> throw new AssertionError("a Standard deployment was full");
      }
    }

    private void compareReadings(Deployment deployment) {
      NaiveLimits naive = expected(deployment);
      LimitReadings readings = limiters.read(deployment);
      compare(readings, naive);
      assertThat(count(readings.tokens())).isEqualTo(naive.tokenLimit());
      assertThat(count(readings.requests())).isEqualTo(naive.requestLimit());
    }

    private static long count(LimitReading reading) {
      return reading.limit().isUnlimited() ? -1 : reading.limit().count();
    }

    private void compare(LimitReadings readings, NaiveLimits naive) {
      long now = clock.nanoTime();
      assertThat(plain(readings.tokens())).as("tokens").isEqualTo(naive.tokens(now));
      assertThat(plain(readings.requests())).as("requests").isEqualTo(naive.requests(now));
    }

    private static NaiveLimits.Reading plain(LimitReading reading) {
      return new NaiveLimits.Reading(reading.remaining(), reading.untilFull().toNanos());
    }

    private NaiveLimits expected(Deployment deployment) {
      return Objects.requireNonNull(expected.get(deployment.name()));
    }

    private ChatRequest anyRequest(Deployment deployment) {
      int[] characters = IntStream.range(0, random.nextInt(1, 4)).map(i -> any(400)).toArray();
      long limit = Math.max(0, NaiveLimits.tokensOf(deployment.spec()));
      int large = (int) Math.min(limit + 50, 1_000_000);
      Integer maxTokens = random.nextInt(3) == 0 ? null : Integer.valueOf(any(large));
      return Chats.of(maxTokens, random.nextInt(1, 3), random.nextInt(1, 3), characters);
    }

    /** Small ones as often as large ones. */
    private int any(int bound) {
      return random.nextInt(random.nextInt(bound) + 1);
    }

    private String anyModel() {
      return List.copyOf(NaiveLimits.MODELS.keySet()).stream()
          .sorted()
          .toList()
          .get(random.nextInt(NaiveLimits.MODELS.size()));
    }

    private Limit anyCapacity() {
      return random.nextInt(12) == 0 ? Limit.UNLIMITED : Limit.of(any(60));
    }

    private Limit anyLimit(int bound) {
      return random.nextInt(6) == 0 ? Limit.UNLIMITED : Limit.of(any(bound));
    }

    /** From nothing at all to minutes, and now and then just a window. */
    private Duration anyStep() {
      return switch (random.nextInt(8)) {
        case 0 -> Duration.ZERO;
        case 1 -> Duration.ofNanos(random.nextLong(1_000));
        case 2 -> Duration.ofMinutes(1);
        case 3 -> Duration.ofSeconds(10);
        case 4 -> Duration.ofNanos(random.nextLong(300_000_000_000L));
        default -> Duration.ofNanos(random.nextLong(5_000_000_000L));
      };
    }
  }
}

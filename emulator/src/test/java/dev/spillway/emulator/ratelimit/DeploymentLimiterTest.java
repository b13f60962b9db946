package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentLimiterTest {

  private static final ModelCatalog CATALOG = ModelCatalog.bundled();
  private static final DeploymentSpec MINI =
      DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(1));

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);

  private DeploymentLimiter limiter(LimitTable table, DeploymentSpec spec) {
    return limiter(table, deployment(spec), clock);
  }

  private static DeploymentLimiter limiter(
      LimitTable table, Deployment deployment, VirtualClock clock) {
    return limiter(table, deployment, clock, false);
  }

  private static DeploymentLimiter limiter(
      LimitTable table, Deployment deployment, VirtualClock clock, boolean abusePenalty) {
    return new DeploymentLimiter(
        deployment,
        table.of(deployment.model().modelClass()),
        new MemoryStore(clock),
        new AbusePenalty(abusePenalty, clock),
        new AtomicInteger());
  }

  private static Deployment deployment(DeploymentSpec spec) {
    return new Deployments(CATALOG).put("local", spec);
  }

  private static Denied denied(Admission admission) {
    return assertThat(admission).asInstanceOf(type(Denied.class)).actual();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsChargedOneRequestAndItsTokensAsOneStep(LimitTable table) {
    DeploymentLimiter limiter = limiter(table, MINI.withRpm(Limit.of(10)));

    Admission admission = limiter.admit(300);

    assertThat(admission).isInstanceOf(Admitted.class);
    assertThat(limiter.read().tokens().remaining()).isEqualTo(700);
    assertThat(limiter.read().requests().remaining()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void aModelLimitedByRequestsOnlyIsChargedNoTokens(LimitTable table) {
    DeploymentLimiter limiter =
        limiter(table, DeploymentSpec.standard("art", "sora-2", Limit.of(1)));
    ChargeBy by = table == LimitTable.IN_2025 ? ChargeBy.MEASURED : ChargeBy.DOCUMENTED;

    for (int i = 0; i < 2; i++) {
      assertThat(limiter.admit(Chats.charging(5_000), by))
          .asInstanceOf(type(Admitted.class))
          .satisfies(it -> assertThat(it.permit().chargedTokens()).isZero());
    }

    Denied denied = denied(limiter.admit(Chats.charging(5_000), by));
    assertThat(denied.limited()).isEqualTo(Limited.REQUESTS);
    assertThat(denied.readings().tokens().limit()).isEqualTo(Limit.UNLIMITED);
    assertThat(denied.readings().requests().period()).isEqualTo(Duration.ofMinutes(1));
  }

  private DeploymentLimiter punishing() {
    return limiter(LimitTable.SINCE_2026, deployment(MINI), clock, true);
  }

  @Test
  void whoeverDoesNotWaitAfterA429IsMadeToWaitAMinuteLonger() {
    DeploymentLimiter limiter = punishing();
    assertThat(limiter.admit(1)).isInstanceOf(Admitted.class);
    assertThat(denied(limiter.admit(1)).retryAfter()).contains(Duration.ofSeconds(60));

    clock.advance(Duration.ofSeconds(2));
    Denied penalized = denied(limiter.admit(1));

    assertThat(penalized.retryAfter()).contains(Duration.ofSeconds(118));
    assertThat(penalized.readings().requests())
        .isEqualTo(
            new LimitReading(Limit.of(1), -1, Duration.ofMinutes(1), Duration.ofSeconds(118)));
    clock.advance(Duration.ofSeconds(117));
    assertThat(denied(limiter.admit(1)).retryAfter()).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(limiter.read().requests().remaining()).isEqualTo(1);
    assertThat(limiter.admit(1)).isInstanceOf(Admitted.class);
  }

  @Test
  void whoeverWaitsAfterA429IsNeverPenalized() {
    DeploymentLimiter limiter = punishing();

    for (int i = 0; i < 3; i++) {
      assertThat(limiter.admit(1)).isInstanceOf(Admitted.class);
      clock.advance(denied(limiter.admit(1)).retryAfter().orElseThrow());
    }
  }

  @Test
  void withoutALimitForRequestsThereIsNoPenaltyLeft() {
    DeploymentLimiter limiter = punishing();
    for (int i = 0; i < 3; i++) {
      Admission unused = limiter.admit(1);
    }
    assertThat(limiter.read().requests().remaining()).isEqualTo(-1);

    limiter.follow(
        deployment(MINI.withRpm(Limit.UNLIMITED)), LimitTable.SINCE_2026.of(ModelClass.CHAT));

    assertThat(limiter.admit(1)).isInstanceOf(Admitted.class);
  }

  @ParameterizedTest
  @EnumSource
  void aReductionKeepsWhatWasChargedAndGivesEverythingBackInTheEnd(LimitTable table) {
    DeploymentLimiter limiter = limiter(table, MINI.withRpm(Limit.of(10)));
    assertThat(limiter.admit(300)).isInstanceOf(Admitted.class);

    limiter.reduce(50, Duration.ofHours(1));

    assertThat(limiter.read().tokens().limit()).isEqualTo(Limit.of(500));
    assertThat(limiter.read().tokens().remaining()).isEqualTo(200);
    assertThat(limiter.read().requests().remaining()).isEqualTo(4);
    assertThat(denied(limiter.admit(201)).limited()).isEqualTo(Limited.TOKENS);
    clock.advance(Duration.ofHours(1));
    assertThat(limiter.read().tokens().remaining()).isEqualTo(1_000);
    assertThat(limiter.admit(1_000)).isInstanceOf(Admitted.class);
  }

  @Test
  void aReductionEndsOnTimeEvenWhenNobodyIsThere() {
    DeploymentLimiter limiter = limiter(LimitTable.SINCE_2026, MINI);
    limiter.reduce(50, Duration.ofSeconds(30));
    assertThat(limiter.admit(500)).isInstanceOf(Admitted.class);

    clock.advance(Duration.ofSeconds(40));

    // 250 of the half came back in 30 seconds, 166 of the whole in 10
    assertThat(limiter.read().tokens().remaining()).isEqualTo(916);
  }

  @Test
  void anotherCapacityIsReducedToo() {
    DeploymentLimiter limiter = limiter(LimitTable.SINCE_2026, MINI);
    limiter.reduce(25, Duration.ofHours(1));

    limiter.follow(
        deployment(DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(40))),
        LimitTable.SINCE_2026.of(ModelClass.CHAT));

    assertThat(limiter.read().tokens().limit()).isEqualTo(Limit.of(10_000));
    limiter.restore();
    assertThat(limiter.read().tokens().limit()).isEqualTo(Limit.of(40_000));
  }

  @Test
  void aReductionLeavesOneRequestWhereThereWasOne() {
    DeploymentLimiter limiter = limiter(LimitTable.SINCE_2026, MINI);

    limiter.reduce(1, Duration.ofHours(1));

    assertThat(limiter.read().requests().limit()).isEqualTo(Limit.of(1));
    assertThat(limiter.read().tokens().limit()).isEqualTo(Limit.of(10));
  }

  @ParameterizedTest
  @EnumSource
  void aRequestRefusedForItsTokensCostsOneRequestAndNoTokens(LimitTable table) {
    DeploymentLimiter limiter = limiter(table, MINI.withRpm(Limit.of(10)));

    Denied denied = denied(limiter.admit(1_001));

    assertThat(denied.limited()).isEqualTo(Limited.TOKENS);
    assertThat(denied.readings().tokens().remaining()).isEqualTo(1_000);
    assertThat(denied.readings().requests().remaining()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestRefusedByTheRequestLimitCostsNoTokens(LimitTable table) {
    DeploymentLimiter limiter = limiter(table, MINI.withRpm(Limit.of(0)));

    Denied denied = denied(limiter.admit(300));

    assertThat(denied.limited()).isEqualTo(Limited.REQUESTS);
    assertThat(denied.retryAfter()).isEmpty();
    assertThat(denied.readings().tokens().remaining()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void whenBothRefuseTheTokensAreNamedAndTheWaitSatisfiesBoth(LimitTable table) {
    DeploymentSpec spec = DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(1));
    DeploymentLimiter limiter = limiter(table, spec);
    assertThat(limiter.admit(1_000)).isInstanceOf(Admitted.class);

    Denied tokensForLonger = denied(limiter.admit(1_000));
    Denied requestsForLonger = denied(limiter.admit(1));

    assertThat(tokensForLonger.limited()).isEqualTo(Limited.TOKENS);
    assertThat(tokensForLonger.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(requestsForLonger.limited()).isEqualTo(Limited.TOKENS);
    assertThat(requestsForLonger.retryAfter().orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource
  void noWaitHelpsARequestThatIsLargerThanTheWholeLimit(LimitTable table) {
    Denied denied = denied(limiter(table, MINI).admit(1_001));

    assertThat(denied.retryAfter()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void withoutLimitsEverythingIsAdmittedAndNothingIsLeftToRead(LimitTable table) {
    DeploymentLimiter limiter =
        limiter(table, DeploymentSpec.standard("free", "gpt-4o", Limit.UNLIMITED));

    assertThat(limiter.admit(Long.MAX_VALUE)).isInstanceOf(Admitted.class);
    assertThat(limiter.read().tokens().limit().isUnlimited()).isTrue();
  }

  @Test
  void aLowerCapacityCountsFromTheNextRequestWithWhatTheWindowHasCharged() {
    DeploymentLimiter limiter = limiter(LimitTable.UNTIL_2024, MINI.withTpm(Limit.of(40_000)));
    assertThat(limiter.admit(300)).isInstanceOf(Admitted.class);

    follow(limiter, MINI.withRpm(Limit.of(100)));

    assertThat(limiter.read().tokens().remaining()).isEqualTo(700);
    assertThat(limiter.read().requests().remaining()).isEqualTo(99);
  }

  @Test
  void anotherModelKeepsOnlyTheWindowsThatRenewTheSameWay() {
    DeploymentLimiter limiter = limiter(LimitTable.UNTIL_2024, MINI);
    assertThat(limiter.admit(300)).isInstanceOf(Admitted.class);

    follow(limiter, DeploymentSpec.standard("mini", "gpt-35-turbo", Limit.of(1)));

    assertThat(limiter.read().requests().period()).isEqualTo(Duration.ofSeconds(10));
    assertThat(limiter.read().tokens().remaining()).isEqualTo(700);
  }

  @ParameterizedTest
  @EnumSource
  void waitingExactlyAsLongAsAskedLetsTheSameRequestIn(LimitTable table) {
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      VirtualClock time = VirtualClock.frozenAt(Instant.EPOCH);
      DeploymentSpec spec = anySpec(random);
      DeploymentLimiter limiter = limiter(table, deployment(spec), time);
      long limit = deployment(spec).tokensPerMinute().count();
      for (int call = 0; call < 30; call++) {
        time.advance(Duration.ofNanos(random.nextLong(0, 3_000_000_000L)));
        long charge = random.nextLong(0, limit + 1);
        if (limiter.admit(charge) instanceof Denied denied) {
          time.advance(denied.retryAfter().orElseThrow());
          assertThat(limiter.admit(charge))
              .as("seed %d, call %d: %s of %s", seed, call, charge, spec)
              .isInstanceOf(Admitted.class);
        }
      }
    }
  }

  private static DeploymentSpec anySpec(SplittableRandom random) {
    List<String> models = List.of("gpt-35-turbo", "gpt-4.1-mini", "gpt-4o-mini", "o1", "o3-mini");
    long capacity = (long) Math.pow(10, random.nextDouble(0, 6));
    return DeploymentSpec.standard(
        "any", models.get(random.nextInt(models.size())), Limit.of(capacity));
  }

  private static void follow(DeploymentLimiter limiter, DeploymentSpec spec) {
    Deployment deployment = deployment(spec);
    limiter.follow(deployment, LimitTable.UNTIL_2024.of(deployment.model().modelClass()));
  }
}

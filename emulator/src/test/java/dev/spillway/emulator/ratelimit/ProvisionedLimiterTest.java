package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Full;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 4 PTUs of gpt-4o: 10,000 tokens a minute, an answer's token weighs 4. */
class ProvisionedLimiterTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final Deployments deployments = new Deployments(ModelCatalog.bundled());
  private final RateLimiters limiters =
      new RateLimiters(new MemoryStore(clock), LimitTable.SINCE_2026, ChargeBy.DOCUMENTED);
  private final Deployment ptu = deployment(4);

  private Deployment deployment(long ptus) {
    return deployments.put("local", DeploymentSpec.provisioned("ptu", "gpt-4o", ptus));
  }

  private Admission admit(int promptTokens, int maxTokens) {
    return limiters.admit(ptu, Chats.of(maxTokens, 1, 1, 0), () -> promptTokens);
  }

  private Admitted admitted(int promptTokens, int maxTokens) {
    return assertThat(admit(promptTokens, maxTokens)).asInstanceOf(type(Admitted.class)).actual();
  }

  private Full full(Admission admission) {
    return assertThat(admission).asInstanceOf(type(Full.class)).actual();
  }

  private double utilization() {
    return assertThat(limiters.read(ptu))
        .asInstanceOf(type(LimitReadings.Bucket.class))
        .actual()
        .utilization();
  }

  @Test
  void aRequestAddsItsPromptAndTheWeightedAnswerItAllows() {
    Admitted admitted = admitted(1_000, 500);

    assertThat(admitted.permit().chargedTokens()).isEqualTo(3_000);
    assertThat(admitted.readings().tokens().remaining()).isEqualTo(7_000);
    assertThat(utilization()).isEqualTo(30.0);
  }

  @Test
  void everyChoiceIsWeighed() {
    Admission admission = limiters.admit(ptu, Chats.of(100, 3, 1, 0), () -> 10);

    assertThat(admission)
        .asInstanceOf(type(Admitted.class))
        .satisfies(it -> assertThat(it.permit().chargedTokens()).isEqualTo(1_210));
  }

  @Test
  void withoutMaxTokensAnAnswerIsTakenFor640() {
    Admission admission = limiters.admit(ptu, Chats.of(null, 1, 1, 0), () -> 10);

    assertThat(admission)
        .asInstanceOf(type(Admitted.class))
        .satisfies(it -> assertThat(it.permit().chargedTokens()).isEqualTo(10 + 4 * 640));
  }

  @ParameterizedTest
  @CsvSource({
    // answer in tokens, and the utilization that it leaves
    "100, 14.0", // less than the 500 it allowed
    "500, 30.0",
    "2000, 90.0", // more
    "0, 10.0",
  })
  void theActualCostTakesThePlaceOfTheEstimate(int completionTokens, double utilization) {
    Admitted admitted = admitted(1_000, 500);

    admitted.permit().settle(1_000, completionTokens);

    assertThat(utilization()).isEqualTo(utilization);
    assertThat(limiters.unsettled()).isZero();
  }

  @Test
  void aCorrectionDoesNotGiveBackWhatHasDrained() {
    Admitted admitted = admitted(0, 1_000);
    clock.advance(Duration.ofSeconds(18));
    assertThat(utilization()).isEqualTo(10.0);

    admitted.permit().settle(0, 250);

    assertThat(utilization()).isZero();
  }

  @Test
  void theLastOneInMayGoAboveOneHundredPercentAndTheNextOneWaits() {
    assertThat(admitted(9_999, 1).readings().tokens().remaining()).isZero();
    Full full = full(admit(1, 1));

    assertThat(full.readings().utilization()).isEqualTo(100.03);
    assertThat(full.retryAfter()).isEqualTo(Duration.ofMillis(18));
  }

  @Test
  void aRefusalCostsNothingAndNeverCountsThePrompt() {
    admitted(15_000, 1);
    double before = utilization();

    full(
        limiters.admit(
            ptu,
            Chats.charging(1),
            () -> {
              throw new AssertionError("counted");
            }));

    assertThat(utilization()).isEqualTo(before);
  }

  @Test
  void aBodyThatNobodyCanReadCostsNothing() {
    assertThat(limiters.admitUnreadable(ptu)).isInstanceOf(Admitted.class);
    assertThat(utilization()).isZero();
  }

  @Test
  void requestsAreNotCounted() {
    for (int i = 0; i < 1_000; i++) {
      admitted(1, 1).permit().settle(0, 0);
    }
    assertThat(limiters.read(ptu).requests().limit()).isEqualTo(Limit.UNLIMITED);
  }

  @Test
  void anotherCapacityKeepsWhatIsInUse() {
    admitted(5_000, 0);

    limiters.follow(deployment(2));

    assertThat(utilization()).isEqualTo(100.0);
  }

  @Test
  void aDeploymentThatChangesItsKindStartsAfresh() {
    admitted(15_000, 1);

    limiters.follow(
        deployments.put("local", DeploymentSpec.standard("ptu", "gpt-4o", Limit.of(1))));
    assertThat(limiters.read(ptu).tokens().remaining()).isEqualTo(1_000);
    limiters.follow(ptu);

    assertThat(utilization()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theYearMakesNoDifference(LimitTable table) {
    RateLimiters ofThatYear = new RateLimiters(new MemoryStore(clock), table, ChargeBy.MEASURED);

    assertThat(ofThatYear.admit(ptu, Chats.of(500, 1, 1, 0), () -> 1_000))
        .isInstanceOf(Admitted.class);

    assertThat(ofThatYear.read(ptu).tokens().remaining()).isEqualTo(7_000);
  }

  @Test
  void ofManyCallersAtOnceOneGoesAboveOneHundredPercentAndNoMore() throws Exception {
    List<Future<Admission>> admissions = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(32)) {
      for (int call = 0; call < 32 * 10; call++) {
        admissions.add(callers.submit(() -> admit(300, 0)));
      }
    }

    long admitted = 0;
    for (Future<Admission> admission : admissions) {
      admitted += admission.get() instanceof Admitted ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(34);
    assertThat(utilization()).isEqualTo(102.0);
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whoeverWaitsAsLongAsAskedIsLetInAndNobodyBefore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> sizes = List.of(10, 500, 4_000, 30_000);
    for (int call = 0; call < 60; call++) {
      int prompt = random.nextInt(sizes.get(random.nextInt(sizes.size())));
      if (admit(prompt, 1) instanceof Full full) {
        clock.advance(full.retryAfter().minusNanos(1));
        assertThat(admit(prompt, 1)).as("seed %d, early", seed).isInstanceOf(Full.class);
        clock.advance(Duration.ofNanos(1));
        assertThat(admit(prompt, 1)).as("seed %d, in time", seed).isInstanceOf(Admitted.class);
      }
      clock.advance(Duration.ofNanos(random.nextLong(5_000_000_000L)));
    }
  }
}

package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RedisServer;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.time.VirtualClock;
import dev.spillway.yaml.RedisAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two emulators that are given the same Redis. */
class SharedLimitsTest {

  private final RedisServer redis = RedisServer.shared();
  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
  private final String resource = RedisServer.unique();
  private final Deployments deployments = new Deployments(ModelCatalog.bundled());

  @AutoClose private final LimitStore here = Kept.IN_REDIS.open(clock);
  @AutoClose private final LimitStore there = Kept.IN_REDIS.open(clock);

  private RateLimiters limiters(LimitStore store, LimitTable table) {
    return new RateLimiters(store, table, ChargeBy.DOCUMENTED);
  }

  private Deployment mini(long capacity) {
    return deployments.put(
        resource,
        DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(capacity))
            .withRpm(Limit.UNLIMITED));
  }

  private long admitted(Deployment deployment, int calls, RateLimiters... replicas)
      throws Exception {
    List<Future<Admission>> admissions = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      for (int call = 0; call < calls; call++) {
        RateLimiters replica = replicas[call % replicas.length];
        admissions.add(
            callers.submit(() -> replica.admit(deployment, Chats.charging(300), () -> 300)));
      }
    }
    long admitted = 0;
    for (Future<Admission> admission : admissions) {
      admitted += admission.get() instanceof Admitted ? 1 : 0;
    }
    return admitted;
  }

  @ParameterizedTest
  @EnumSource
  void callersOfBothNeverGetMoreThanTheLimitNorLess(LimitTable table) throws Exception {
    RateLimiters one = limiters(here, table);
    RateLimiters other = limiters(there, table);
    Deployment mini = mini(10);

    for (int minute = 0; minute < 5; minute++) {
      assertThat(admitted(mini, 100, one, other)).isEqualTo(33);
      assertThat(one.read(mini)).isEqualTo(other.read(mini));
      assertThat(one.read(mini).tokens().remaining()).isEqualTo(100);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void theRequestsOfTenSecondsAreSharedToo() throws Exception {
    Deployment turbo =
        deployments.put(
            resource,
            DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40))
                .withTpm(Limit.UNLIMITED));
    RateLimiters one = limiters(here, LimitTable.UNTIL_2024);
    RateLimiters other = limiters(there, LimitTable.UNTIL_2024);

    assertThat(admitted(turbo, 100, one, other)).isEqualTo(40);
    clock.advance(Duration.ofSeconds(10));
    assertThat(admitted(turbo, 100, one, other)).isEqualTo(40);
  }

  @Test
  void ofAllCallersOneGoesAboveOneHundredPercentOfAProvisionedDeployment() throws Exception {
    Deployment ptu = deployments.put(resource, DeploymentSpec.provisioned("ptu", "gpt-4o", 4));
    RateLimiters one = limiters(here, LimitTable.SINCE_2026);
    RateLimiters other = limiters(there, LimitTable.SINCE_2026);

    // 10,000 a minute; a prompt of 300 and an answer of 300 that weighs four times as much
    assertThat(admitted(ptu, 60, one, other)).isEqualTo(7);

    assertThat(one.read(ptu)).isEqualTo(other.read(ptu));
  }

  @Test
  void whatAnAnswerReallyCostIsSettledForEverybody() {
    Deployment ptu = deployments.put(resource, DeploymentSpec.provisioned("ptu", "gpt-4o", 4));
    RateLimiters one = limiters(here, LimitTable.SINCE_2026);
    RateLimiters other = limiters(there, LimitTable.SINCE_2026);

    if (one.admit(ptu, Chats.charging(500), () -> 1_000) instanceof Admitted admitted) {
      assertThat(other.read(ptu).tokens().remaining()).isEqualTo(7_000);
      admitted.permit().settle(1_000, 100);
    }

    assertThat(other.read(ptu).tokens().remaining()).isEqualTo(8_600);
  }

  @Test
  void aCapacityThatOneLowersCountsForBothAndOnlyOnce() {
    RateLimiters one = limiters(here, LimitTable.UNTIL_2024);
    RateLimiters other = limiters(there, LimitTable.UNTIL_2024);
    one.follow(mini(40));
    other.follow(mini(40));
    assertThat(other.admit(mini(40), Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);

    one.follow(mini(1));
    assertThat(one.read(mini(1)).tokens().remaining()).isEqualTo(700);
    assertThat(other.admit(mini(40), Chats.charging(701), () -> 0)).isInstanceOf(Denied.class);

    other.follow(mini(1));
    assertThat(other.read(mini(1)).tokens().remaining()).isEqualTo(700);
    assertThat(one.read(mini(1)).tokens().remaining()).isEqualTo(700);
  }

  @Test
  void whoJoinsSeesWhatTheOthersHaveCharged() {
    RateLimiters one = limiters(here, LimitTable.SINCE_2026);
    assertThat(one.admit(mini(1), Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);

    RateLimiters joins = limiters(there, LimitTable.SINCE_2026);
    joins.follow(mini(1));

    assertThat(joins.read(mini(1)).tokens().remaining()).isEqualTo(700);
  }

  @Test
  void deploymentsOfOtherResourcesAreOthers() {
    RateLimiters one = limiters(here, LimitTable.SINCE_2026);
    assertThat(one.admit(mini(1), Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);

    Deployment elsewhere = deployments.put(RedisServer.unique(), mini(1).spec());

    assertThat(one.read(elsewhere).tokens().remaining()).isEqualTo(1_000);
  }

  @Test
  void everyKeyNamesItsDeploymentAndIsGoneAWhileAfterItSaysNothing() {
    Deployment turbo =
        deployments.put(resource, DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40)));
    Deployment ptu = deployments.put(resource, DeploymentSpec.provisioned("ptu", "gpt-4o", 4));
    RateLimiters limiters = limiters(here, LimitTable.UNTIL_2024);
    assertThat(limiters.admit(turbo, Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);
    assertThat(limiters.admit(ptu, Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);

    for (String key : List.of("35turbo:tokens", "35turbo:requests-sliding", "ptu:throughput")) {
      assertThat(redis.expiresIn("spillway:" + resource + ":" + key))
          .as(key)
          .isBetween(1_000L, 130_000L);
    }
    limiters.forget(turbo.id());
    limiters.forget(ptu.id());
    assertThat(redis.keys()).doesNotContain(resource);
  }

  @Test
  void aRedisThatIsNotThereIsOneSentence() {
    RedisAddress nobody = RedisAddress.parse("redis://:secret@127.0.0.1:1/3");

    assertThatThrownBy(() -> LimitStore.redis(nobody, clock, Duration.ofSeconds(1)))
        .isInstanceOf(LimitStoreException.class)
        .hasMessageStartingWith("redis://127.0.0.1:1/3 cannot be reached: Connection refused")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
  }
}

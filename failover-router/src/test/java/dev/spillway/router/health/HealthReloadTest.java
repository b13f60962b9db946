package dev.spillway.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.health.HealthState.HalfOpen;
import dev.spillway.router.health.HealthState.Quarantined;
import dev.spillway.router.health.HealthState.Resting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What outlives a changed configuration, and what is told to and by other routers. */
class HealthReloadTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration SEVEN = Duration.ofSeconds(7);
  private static final RestRule RULE = new RestRule(Duration.ofSeconds(2), Duration.ofMinutes(1));
  private static final SlowStart SLOW = new SlowStart(Duration.ofSeconds(10));
  private static final Backend A = backend("http://a", "gpt", Map.of());
  private static final Backend B =
      new Backend(
          "b", URI.create("http://b"), Api.azure("gpt", null), Credential.NONE, Map.of(), "b");

  private final List<String> news = new ArrayList<>();
  private final HealthBoard health = new HealthBoard(List.of(A, B), RULE, SLOW, told(), 0);

  @Test
  void aBackendThatStaysKeepsWhatIsKnownOfIt() {
    health.throttled(A, Optional.of(SEVEN), 0);
    health.quarantine(B, 0);

    HealthBoard next = reloaded(A, B);

    assertThat(next.state(A, SECOND)).isEqualTo(new Resting(Duration.ofSeconds(6)));
    assertThat(next.state(B, SECOND)).isEqualTo(new Quarantined(Duration.ofSeconds(59)));
  }

  /** Another key may have mended it; what its quota has said stays true. */
  @Test
  void aChangedBackendIsForgivenAndGoesOnResting() {
    Backend changed = backend("http://a", "gpt", Map.of("x-key", new Secret("new")));
    health.quarantine(A, 0);
    assertThat(reloaded(changed).state(changed, SECOND)).isEqualTo(HealthState.SERVING);

    health.throttled(A, Optional.of(SEVEN), 0);
    assertThat(reloaded(changed).state(changed, SECOND))
        .isEqualTo(new Resting(Duration.ofSeconds(6)));
  }

  @Test
  void anotherDeploymentOfTheSameNameIsFresh() {
    health.throttled(A, Optional.of(SEVEN), 0);

    Backend elsewhere = backend("http://elsewhere", "gpt", Map.of());
    assertThat(reloaded(elsewhere).state(elsewhere, SECOND)).isEqualTo(HealthState.SERVING);
    Backend other = backend("http://a", "other", Map.of());
    assertThat(reloaded(other).state(other, SECOND)).isEqualTo(HealthState.SERVING);
  }

  @Test
  void whoeverComesToAGroupBringsItsRestAndKeepsItsOwnDoubts() {
    health.throttled(A, Optional.of(SEVEN), 0);
    health.unreachable(B, 0);

    HealthBoard next = reloaded(A.in("shared"), B.in("shared"));

    assertThat(next.state(B, 6 * SECOND)).isEqualTo(new Resting(Duration.ofSeconds(1)));
    assertThat(next.state(B, 7 * SECOND)).isEqualTo(new HalfOpen(true));
    assertThat(next.state(A, 7 * SECOND)).isEqualTo(HealthState.SERVING);
  }

  @Test
  void aGroupThatGoesOnGoesOnWithItsRestForWhoeverComesToIt() {
    HealthBoard grouped = reloaded(A.in("shared"), B);
    grouped.throttled(A, Optional.of(SEVEN), 0);
    grouped.throttled(B, Optional.of(Duration.ofSeconds(3)), 0);

    HealthBoard next =
        grouped.followedBy(List.of(A.in("shared"), B.in("shared")), RULE, SLOW, SECOND);

    assertThat(next.state(A, SECOND)).isEqualTo(new Resting(Duration.ofSeconds(6)));
    assertThat(next.state(B, SECOND)).isEqualTo(new Resting(Duration.ofSeconds(6)));
  }

  @Test
  void aResetForgetsRestDoubtProbeAndRamp() {
    health.unreachable(A, 0);
    health.served(A, SECOND);
    health.unreachable(A, SECOND);
    ProbeTicket unused = health.takeProbe(A, 2 * SECOND).orElseThrow();
    health.throttled(A, Optional.of(SEVEN), 2 * SECOND);

    health.reset(A, 3 * SECOND);

    assertThat(health.state(A, 3 * SECOND)).isEqualTo(HealthState.SERVING);
    assertThat(health.share(A, 3 * SECOND)).isEqualTo(1);
    health.unreachable(A, 3 * SECOND);
    assertThat(health.state(A, 4 * SECOND)).isEqualTo(new HalfOpen(true));
  }

  /** Each router may call its backends as it likes. */
  @Test
  void aQuotaIsCalledByItsGroupOrByItsDeployment() {
    assertThat(reloaded(A, B.in("shared")).quotas())
        .containsExactlyInAnyOrder("http://a/gpt", "shared");
  }

  @Test
  void othersAreToldOfRestsAndOfTheirEnds() {
    health.throttled(A, Optional.of(SEVEN), 0);
    health.throttled(A, Optional.empty(), 0);
    health.reset(A, SECOND);

    assertThat(news)
        .containsExactly(
            "http://a/gpt rests PT7S", "http://a/gpt rests PT2S", "http://a/gpt goes on");
  }

  @Test
  void whatOthersTellIsBelievedForAMinuteAtMost() {
    health.restElsewhere("http://a/gpt", SEVEN, 0);
    assertThat(health.state(A, 0)).isEqualTo(new Resting(SEVEN));
    assertThat(health.state(B, 0)).isEqualTo(HealthState.SERVING);

    health.restElsewhere("http://a/gpt", Duration.ofHours(1), 0);
    assertThat(health.state(A, 0)).isEqualTo(new Resting(Duration.ofMinutes(1)));
    assertThat(news).isEmpty();

    health.goesOnElsewhere("http://a/gpt", SECOND);
    assertThat(health.state(A, SECOND)).isEqualTo(HealthState.SERVING);
  }

  @Test
  void withoutARampWhoHasRecoveredGetsAllOfItsShareAtOnce() {
    HealthBoard steep = new HealthBoard(List.of(A), RULE, new SlowStart(Duration.ZERO), 0);
    steep.unreachable(A, 0);
    steep.served(A, SECOND);

    assertThat(steep.share(A, SECOND)).isEqualTo(1);
  }

  private HealthBoard reloaded(Backend... backends) {
    return health.followedBy(List.of(backends), RULE, SLOW, SECOND);
  }

  private RestNews told() {
    return new RestNews() {
      @Override
      public void rests(String quota, Duration wait) {
        news.add(quota + " rests " + wait);
      }

      @Override
      public void goesOn(String quota) {
        news.add(quota + " goes on");
      }
    };
  }

  private static Backend backend(String url, String model, Map<String, Secret> headers) {
    return new Backend("a", URI.create(url), Api.azure(model, null), Credential.NONE, headers, "a");
  }
}

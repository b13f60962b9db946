package dev.spillway.router.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.health.HealthState.Benched;
import dev.spillway.router.health.HealthState.HalfOpen;
import dev.spillway.router.health.HealthState.Quarantined;
import dev.spillway.router.health.HealthState.Resting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a backend in doubt comes back. */
class HealthBoardTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Backend A =
      new Backend(
          "a", URI.create("http://a"), Api.azure("a", null), Credential.NONE, Map.of(), "a");

  private final HealthBoard health =
      new HealthBoard(
          List.of(A),
          new RestRule(Duration.ofSeconds(2), Duration.ofMinutes(1)),
          new SlowStart(Duration.ofSeconds(10)),
          0);

  /** Invariant 13: never more than one probe in flight. */
  @Test
  void afterTheBenchOneRequestAtATimeMayTry() {
    health.unreachable(A, 0);
    assertThat(health.state(A, SECOND - 1)).isEqualTo(new Benched(Duration.ofNanos(1)));

    assertThat(health.state(A, SECOND)).isEqualTo(new HalfOpen(true));
    assertThat(health.takeProbe(A, SECOND)).isPresent();
    assertThat(health.takeProbe(A, SECOND)).isEmpty();
    assertThat(health.state(A, SECOND)).isEqualTo(new HalfOpen(false));
  }

  @Test
  void aGoodAnswerOpensItAgain() {
    health.unreachable(A, 0);
    ProbeTicket unused = probe();
    health.served(A, SECOND);

    assertThat(health.state(A, SECOND)).isEqualTo(HealthState.SERVING);
  }

  @Test
  void anotherFailureBenchesItTwiceAsLongAtOnce() {
    health.unreachable(A, 0);
    ProbeTicket probe = probe();
    health.failed(A, SECOND);
    probe.close();

    assertThat(health.state(A, SECOND)).isEqualTo(new Benched(Duration.ofSeconds(2)));
    assertThat(health.state(A, 3 * SECOND)).isEqualTo(new HalfOpen(true));
  }

  @Test
  void aQuarantineEndsInTheSameWay() {
    health.quarantine(A, 0);
    assertThat(health.state(A, 59 * SECOND)).isEqualTo(new Quarantined(Duration.ofSeconds(1)));

    assertThat(health.state(A, 60 * SECOND)).isEqualTo(new HalfOpen(true));
    health.served(A, 60 * SECOND);
    assertThat(health.state(A, 60 * SECOND)).isEqualTo(HealthState.SERVING);
  }

  /** Invariant 8: what a caller does wrong neither helps nor harms. */
  @Test
  void aCallersFaultOnlyGivesTheProbeBack() {
    health.unreachable(A, 0);
    probe().close();

    assertThat(health.state(A, SECOND)).isEqualTo(new HalfOpen(true));
  }

  @Test
  void aProbeThatNeverReportsBackIsGivenUpAfterAMinute() {
    health.unreachable(A, 0);
    ProbeTicket unused = probe();

    assertThat(health.state(A, 60 * SECOND)).isEqualTo(new HalfOpen(false));
    assertThat(health.state(A, 61 * SECOND)).isEqualTo(new HalfOpen(true));
  }

  /** Requests that began before the doubt, or whose callers leave, know nothing of the probe. */
  @Test
  void onlyWhoHasTakenTheProbeGivesItBack() {
    health.unreachable(A, 0);
    ProbeTicket first = probe();
    health.failed(A, SECOND);

    assertThat(health.state(A, 3 * SECOND)).isEqualTo(new HalfOpen(false));
    first.close();
    ProbeTicket second = health.takeProbe(A, 3 * SECOND).orElseThrow();
    first.close();
    assertThat(health.state(A, 3 * SECOND)).isEqualTo(new HalfOpen(false));
    second.close();
    assertThat(health.state(A, 3 * SECOND)).isEqualTo(new HalfOpen(true));
  }

  private ProbeTicket probe() {
    return health.takeProbe(A, SECOND).orElseThrow();
  }

  /** A wait that was asked for is over when it is over. */
  @Test
  void aRestEndsWithoutAProbe() {
    health.throttled(A, Optional.of(Duration.ofSeconds(7)), 0);

    assertThat(health.state(A, 6 * SECOND)).isEqualTo(new Resting(Duration.ofSeconds(1)));
    assertThat(health.state(A, 7 * SECOND)).isEqualTo(HealthState.SERVING);
    assertThat(health.share(A, 7 * SECOND)).isEqualTo(1);
  }

  @Test
  void whoHasRecoveredGetsItsShareLittleByLittle() {
    assertThat(health.share(A, 0)).isEqualTo(1);
    health.unreachable(A, 0);
    health.served(A, SECOND);

    assertThat(health.share(A, SECOND)).isEqualTo(0.1);
    assertThat(health.share(A, 6 * SECOND)).isCloseTo(0.5, within(1e-9));
    assertThat(health.share(A, 11 * SECOND)).isEqualTo(1);
    assertThat(health.share(A, 1000 * SECOND)).isEqualTo(1);
  }
}

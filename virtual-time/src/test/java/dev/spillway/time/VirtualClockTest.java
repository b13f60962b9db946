package dev.spillway.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VirtualClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final VirtualClock base = VirtualClock.frozenAt(NOON);
  private final VirtualClock clock = VirtualClock.over(base);

  @Test
  void runsWithItsBase() {
    base.advance(Duration.ofSeconds(7));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));
    assertThat(clock.nanoTime()).isEqualTo(7_000_000_000L);
  }

  @Test
  void standsStillWhileFrozen() {
    clock.freeze();
    base.advance(Duration.ofSeconds(7));

    assertThat(clock.isFrozen()).isTrue();
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void goesOnFromWhereItStoodWhenResumed() {
    clock.freeze();
    base.advance(Duration.ofSeconds(7));
    clock.resume();
    base.advance(Duration.ofSeconds(2));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void runsFasterWhenScaled() {
    clock.scale(60);
    base.advance(Duration.ofSeconds(2));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(120));
    assertThat(clock.speed()).isEqualTo(60);
  }

  @Test
  void isMovedForwardFrozenOrRunning() {
    clock.advance(Duration.ofMinutes(1));
    clock.freeze();
    clock.advance(Duration.ofMinutes(1));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(120));
    assertThat(clock.isFrozen()).isTrue();
  }

  @Test
  void neverGoesBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("only moves forward");
    assertThatIllegalArgumentException().isThrownBy(() -> clock.scale(0));
    assertThatIllegalArgumentException().isThrownBy(() -> clock.scale(Double.NaN));
  }

  @Test
  void wakesASleeperOnlyWhenItsTimeHasCome() throws InterruptedException {
    VirtualClock frozen = VirtualClock.frozenAt(NOON);
    AtomicBoolean awake = new AtomicBoolean();
    Thread sleeper =
        Thread.startVirtualThread(() -> {
          sleep(frozen, Duration.ofSeconds(60));
          awake.set(true);
        });
    while (sleeper.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    frozen.advance(Duration.ofSeconds(59));
    assertThat(sleeper.join(Duration.ofMillis(20))).isFalse();
    assertThat(awake).isFalse();

    frozen.advance(Duration.ofSeconds(1));
    assertThat(sleeper.join(Duration.ofSeconds(10))).isTrue();
    assertThat(awake).isTrue();
  }

  @Test
  void aRunningClockWakesItsSleepersByItself() throws InterruptedException {
    VirtualClock fast = VirtualClock.running();
    fast.scale(10_000);
    long before = fast.nanoTime();

    fast.sleep(Duration.ofSeconds(10));

    assertThat(fast.nanoTime() - before).isGreaterThanOrEqualTo(10_000_000_000L);
  }

  @Test
  void tellsWhenTheNextSleeperWakesUp() throws InterruptedException {
    VirtualClock frozen = VirtualClock.frozenAt(NOON);
    Thread late = Thread.startVirtualThread(() -> sleep(frozen, Duration.ofSeconds(60)));
    Thread soon = Thread.startVirtualThread(() -> sleep(frozen, Duration.ofSeconds(5)));
    while (!frozen.nextWakeUp().equals(Optional.of(NOON.plusSeconds(5)))
        || late.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    frozen.advance(Duration.ofSeconds(5));
    soon.join();
    assertThat(frozen.nextWakeUp()).contains(NOON.plusSeconds(60));

    frozen.advance(Duration.ofSeconds(55));
    late.join();
    assertThat(frozen.nextWakeUp()).isEmpty();
  }

  @Test
  void aSleepWhileItRunsEndsWhenItIsFrozen() throws InterruptedException {
    VirtualClock running = VirtualClock.running();
    long hour = running.nanoTime() + Duration.ofHours(1).toNanos();
    Thread sleeper =
        Thread.startVirtualThread(() -> {
          try {
            running.sleepWhileRunning(hour);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    while (sleeper.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    running.freeze();
    assertThat(sleeper.join(Duration.ofSeconds(10))).isTrue();
    running.sleepWhileRunning(hour);
    assertThat(running.nanoTime()).isLessThan(hour);
  }

  @Test
  void whoSleepsUntilAMomentThatHasPassedGoesOn() throws InterruptedException {
    VirtualClock frozen = VirtualClock.frozenAt(NOON);
    frozen.advance(Duration.ofSeconds(1));

    frozen.sleepUntil(1_000_000_000L);

    assertThat(frozen.instant()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void whoWaitsAtAGateGoesOnWhenItIsOpenedThoughTheClockStandsStill() throws InterruptedException {
    VirtualClock frozen = VirtualClock.frozenAt(NOON);
    Gate gate = frozen.gate("news");
    Thread waiter = Thread.startVirtualThread(() -> pass(gate));
    while (waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(frozen.nextWakeUp()).isEmpty();

    gate.open();

    assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
    assertThat(gate.passBy(0)).isTrue();
    assertThat(frozen.gate("none").passBy(0)).isFalse();
  }

  private static void pass(Gate gate) {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptedSleeperSaysSo() {
    VirtualClock frozen = VirtualClock.frozenAt(NOON);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> frozen.sleep(Duration.ofSeconds(1)));
    assertThat(frozen.nextWakeUp()).isEmpty();
  }

  private static void sleep(TimeSource time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

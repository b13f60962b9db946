package dev.spillway.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
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

  private static void sleep(TimeSource time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

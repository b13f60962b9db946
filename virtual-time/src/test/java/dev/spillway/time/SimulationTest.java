package dev.spillway.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SimulationTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> log = new ArrayList<>();

  @Test
  void timeJumpsToTheNextWakeUpWhenNobodyCanGoOn() {
    Simulation simulation = new Simulation(1);
    simulation.spawn(
        "late",
        () -> {
          simulation.time().sleep(Duration.ofDays(2));
          note(simulation, "late");
        });
    simulation.spawn(
        "early",
        () -> {
          simulation.time().sleep(SECOND);
          note(simulation, "early");
        });

    simulation.run();

    assertThat(log).containsExactly("early at 1s", "late at 172800s");
    assertThat(simulation.time().instant()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
  }

  @Test
  void oneSeedGivesOneLogAndOthersGiveOthers() {
    assertThat(LongStream.range(0, 20).mapToObj(SimulationTest::chatter).distinct()).hasSize(20);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(chatter(seed)).isEqualTo(chatter(seed));
    }
  }

  /** Twelve tasks that wake up at the same moments. */
  private static List<String> chatter(long seed) {
    Simulation simulation = new Simulation(seed);
    TimeSource time = simulation.racingTime(0.5);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "task " + i;
      simulation.spawn(
          name,
          () -> {
            for (int turn = 0; turn < 5; turn++) {
              said.add(name + " at " + time.nanoTime());
              time.sleep(SECOND);
            }
          });
    }
    simulation.run();
    return said;
  }

  @Test
  void onlyOneTaskRunsAtATime() {
    Simulation simulation = new Simulation(5);
    AtomicInteger inside = new AtomicInteger();
    int[] most = new int[1];
    for (int i = 0; i < 50; i++) {
      simulation.spawn(
          "task " + i,
          () -> {
            for (int turn = 0; turn < 20; turn++) {
              most[0] = Math.max(most[0], inside.incrementAndGet());
              inside.decrementAndGet();
              simulation.time().sleep(Duration.ZERO);
            }
          });
    }

    simulation.run();

    assertThat(most[0]).isEqualTo(1);
  }

  @Test
  void racingTimeLetsAnotherTaskInBetweenTwoLooksAtIt() {
    assertThat(LongStream.range(0, 20).mapToObj(SimulationTest::increments)).contains(1, 2);
  }

  /** A counter that two tasks read and then write. */
  private static int increments(long seed) {
    Simulation simulation = new Simulation(seed);
    TimeSource time = simulation.racingTime(0.5);
    int[] count = new int[1];
    for (String name : List.of("one", "other")) {
      simulation.spawn(
          name,
          () -> {
            int read = count[0];
            long unused = time.nanoTime();
            count[0] = read + 1;
          });
    }
    simulation.run();
    return count[0];
  }

  @Test
  void interruptedTaskStopsWaitingAtOnce() {
    Simulation simulation = new Simulation(1);
    SimulatedTask sleeper =
        simulation.spawn(
            "sleeper",
            () -> {
              try {
                simulation.time().sleep(Duration.ofHours(1));
              } catch (InterruptedException e) {
                note(simulation, "interrupted");
              }
            });
    simulation.spawn(
        "other",
        () -> {
          simulation.time().sleep(SECOND);
          sleeper.interrupt();
        });

    simulation.run();

    assertThat(log).containsExactly("interrupted at 1s");
  }

  /** It had both the turn of its wake-up and one of the interrupt, and so two at once. */
  @Test
  void interruptAtTheMomentOfTheWakeUpGivesOneTurnOnly() {
    for (long seed = 0; seed < 50; seed++) {
      Simulation simulation = new Simulation(seed);
      int[] inside = new int[1];
      SimulatedTask sleeper =
          simulation.spawn(
              "sleeper",
              () -> {
                for (int i = 0; i < 3; i++) {
                  try {
                    simulation.time().sleep(SECOND);
                  } catch (InterruptedException e) {
                    inside[0]++;
                  }
                }
              });
      simulation.spawn(
          "other",
          () -> {
            simulation.time().sleep(SECOND);
            sleeper.interrupt();
            simulation.time().sleep(SECOND);
          });

      simulation.run();

      assertThat(inside[0]).isEqualTo(1);
    }
  }

  @Test
  void interruptOfATaskThatRunsMeetsItAtItsNextWait() {
    Simulation simulation = new Simulation(1);
    simulation.spawn(
        "one",
        () -> {
          SimulatedTask self =
              simulation.spawn(
                  "two",
                  () -> {
                    assertThatThrownBy(() -> simulation.time().sleep(SECOND))
                        .isInstanceOf(InterruptedException.class);
                    simulation.time().sleep(SECOND);
                    note(simulation, "went on");
                  });
          self.interrupt();
        });

    simulation.run();

    assertThat(log).containsExactly("went on at 1s");
  }

  @Test
  void gateHoldsTasksUpUntilItIsOpened() {
    Simulation simulation = new Simulation(1);
    Gate gate = simulation.gate("start");
    simulation.spawn(
        "waits",
        () -> {
          gate.pass();
          gate.pass();
          note(simulation, "through");
        });
    simulation.spawn(
        "opens",
        () -> {
          simulation.time().sleep(SECOND);
          gate.open();
        });

    simulation.run();

    assertThat(log).containsExactly("through at 1s");
  }

  @Test
  void gateHoldsUpNoLongerThanAMoment() {
    Simulation simulation = new Simulation(1);
    Gate gate = simulation.gate("start");
    simulation.spawn(
        "waits",
        () -> {
          note(simulation, "open: " + gate.passBy(SECOND.toNanos()));
          note(simulation, "open: " + gate.passBy(SECOND.multipliedBy(9).toNanos()));
        });
    simulation.spawn(
        "opens",
        () -> {
          simulation.time().sleep(SECOND.multipliedBy(3));
          gate.open();
        });

    simulation.run();

    assertThat(log).containsExactly("open: false at 1s", "open: true at 3s");
  }

  @Test
  void backgroundIsWaitedForByNobodyAndGoesOnInTheNextRun() {
    Simulation simulation = new Simulation(1);
    simulation.time().beside("ticks", () -> tick(simulation));
    for (int run = 0; run < 2; run++) {
      simulation.spawn("works", () -> simulation.time().sleep(Duration.ofMillis(2_400)));
      simulation.run();
      note(simulation, "over");
    }
    simulation.close();

    assertThat(log)
        .containsExactly(
            "tick at 1s",
            "tick at 2s",
            "over at 2s",
            "tick at 3s",
            "tick at 4s",
            "over at 4s",
            "no more ticks at 4s");
  }

  private void tick(Simulation simulation) {
    try {
      while (true) {
        simulation.time().sleep(SECOND);
        note(simulation, "tick");
      }
    } catch (InterruptedException e) {
      note(simulation, "interrupted");
    } finally {
      note(simulation, "no more ticks");
    }
  }

  @Test
  void clockOverASimulationWakesItsSleepersAsItIsMoved() {
    Simulation simulation = new Simulation(1);
    VirtualClock clock = VirtualClock.over(simulation.time());
    Gate gate = clock.gate("news");
    simulation.spawn(
        "sleeps",
        () -> {
          clock.sleep(SECOND.multipliedBy(60));
          note(simulation, "awake");
        });
    simulation.spawn(
        "waits",
        () -> {
          note(simulation, "news: " + gate.passBy(SECOND.multipliedBy(30).toNanos()));
          gate.pass();
          note(simulation, "news");
        });
    simulation.spawn(
        "moves",
        () -> {
          simulation.time().sleep(SECOND);
          clock.freeze();
          simulation.time().sleep(SECOND);
          clock.advance(SECOND.multipliedBy(30));
          simulation.time().sleep(SECOND);
          gate.open();
          clock.resume();
        });

    simulation.run();

    assertThat(log).containsExactly("news: false at 2s", "news at 3s", "awake at 32s");
  }

  @Test
  void deadlockIsNamedWithTheSeedAndWhoWaitsForWhat() {
    Simulation simulation = new Simulation(42);
    Gate never = simulation.gate("never");
    simulation.spawn("caller-1", never::pass);
    simulation.spawn("caller-2", () -> simulation.time().sleep(SECOND));

    assertThatThrownBy(simulation::run)
        .isInstanceOf(SimulationException.class)
        .hasMessage("seed 42: nobody can go on: 'caller-1' waits for 'never'");
  }

  @Test
  void failureOfATaskEndsTheOthersAndNamesTheSeed() {
    Simulation simulation = new Simulation(43);
    simulation.spawn(
        "goes on",
        () -> {
          try {
            simulation.time().sleep(Duration.ofDays(1));
          } finally {
            log.add("ended");
          }
        });
    simulation.spawn(
        "fails",
        () -> {
          simulation.time().sleep(SECOND);
          throw new IllegalStateException("no");
        });

    assertThatThrownBy(simulation::run)
        .hasMessage("seed 43: 'fails' failed: java.lang.IllegalStateException: no")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(log).containsExactly("ended");
  }

  @Test
  void taskThatWaitsOutsideOfTheSimulationIsNamedWithThePlace() {
    Simulation simulation = new Simulation(44, Duration.ofMillis(50));
    CountDownLatch outside = new CountDownLatch(1);
    simulation.spawn("stuck", outside::await);

    assertThatThrownBy(simulation::run)
        .hasMessage("seed 44: 'stuck' waits for something outside of the simulation's time")
        .cause()
        .satisfies(place ->
            assertThat(place.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains("CountDownLatch")));
  }

  @Test
  void whoeverInterruptsItEndsItsTasks() {
    Simulation simulation = new Simulation(45);
    Thread runner = Thread.currentThread();
    simulation.spawn(
        "goes on",
        () -> {
          try {
            while (true) {
              runner.interrupt();
              simulation.time().sleep(SECOND);
            }
          } finally {
            log.add("ended");
          }
        });

    assertThatThrownBy(simulation::run).hasMessage("seed 45: somebody interrupted it");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("ended");
  }

  @Test
  void nobodyElseMayWaitInItsTime() {
    Simulation simulation = new Simulation(1);

    assertThatThrownBy(() -> simulation.time().sleep(SECOND))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wallClockCanBeSetBackWhileTimeGoesOn() {
    Simulation simulation = new Simulation(1);
    simulation.spawn(
        "clock",
        () -> {
          simulation.moveWallClock(Duration.ofHours(-1));
          simulation.time().sleep(SECOND);
        });

    simulation.run();

    assertThat(simulation.time().instant()).isEqualTo(Instant.parse("2025-12-31T23:00:01Z"));
    assertThat(simulation.time().nanoTime()).isEqualTo(SECOND.toNanos());
  }

  private void note(Simulation simulation, String what) {
    log.add(what + " at " + Duration.ofNanos(simulation.time().nanoTime()).toSeconds() + "s");
  }
}

package dev.spillway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.WaitForm;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.BackendSpec;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.CapacityChange;
import dev.spillway.simulation.world.World.LimitsSpec;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.World.RouteSpec;
import dev.spillway.simulation.world.World.RouterLimits;
import dev.spillway.simulation.world.World.Setup;
import dev.spillway.simulation.world.Year;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise of docs/look-ahead.md for a deployment whose capacity changes behind the router's
 * back: twenty callers ask for 400,000 tokens a minute of one with 300,000, and with 100,000 in
 * turns; what does not fit goes to another, which has no limit.
 *
 * <p>{@code -Dspillway.figures=true} prints what was measured.
 */
class ChangingCapacityTest {

  private static final int HIGH = 300;
  private static final int LOW = 100;
  private static final int CALLERS = 20;
  private static final String CONFIGURED = "{tokens-per-minute: 300000}";
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(60);

  /**
   * What came of it.
   *
   * @param refused 429s that the router met; no caller saw one
   * @param served by the deployment whose capacity changes
   */
  private record Figures(int requests, long refused, long served) {

    static Figures of(Story story) {
      assertThat(story.requests()).allMatch(request -> request.status == 200);
      return new Figures(
          story.requests().size(),
          story.attempts().stream().filter(it -> it.deed == Deed.THROTTLED).count(),
          story.attempts().stream()
              .filter(it -> it.deed == Deed.SERVED && it.backend.equals("changing"))
              .count());
    }
  }

  /** Where answers tell what is left, a change costs those that are on their way. */
  @ParameterizedTest
  @CsvSource({
    "OF_2024, 90, false",
    "OF_2024, 90, true",
    "OF_2025, 90, false",
    "OF_2026, 90, false",
    "OF_2024, 10, true",
    "OF_2026, 10, true"
  })
  void aChangeCostsThoseThatAreOnTheirWay(Year year, int everySeconds, boolean configured) {
    int changes = 4;
    String limits = configured ? CONFIGURED : null;
    Figures with = play(year, everySeconds, changes, limits, true);
    Figures without = play(year, everySeconds, changes, limits, false);

    assertThat(with.refused()).isLessThanOrEqualTo(changes);
    assertThat(with.served()).isGreaterThan(without.served() * 98 / 100);
  }

  /** While the capacity stays, one may be at most, of 10,000 where two came in another order. */
  @ParameterizedTest
  @EnumSource(value = Year.class, names = "OF_2023", mode = EnumSource.Mode.EXCLUDE)
  void aCapacityThatStaysIsNotExceeded(Year year) {
    Figures with = play(year, 300, 0, CONFIGURED, true);

    assertThat(with.refused()).isLessThanOrEqualTo(1);
    assertThat(with.served())
        .isGreaterThan(play(year, 300, 0, CONFIGURED, false).served() * 97 / 100);
  }

  /**
   * In 2023 nothing but refusals told of a limit: one in every minute, where nothing is learned of
   * them.
   */
  @ParameterizedTest
  @CsvSource({"true, 30", "false, 65"})
  void whereOnlyRefusalsTellOfALimitTheyBecomeRare(boolean configured, int percentOfThem) {
    String limits = configured ? CONFIGURED : null;
    Figures with = play(Year.OF_2023, 600, 1, limits, true);
    Figures without = play(Year.OF_2023, 600, 1, limits, false);

    assertThat(without.refused()).isGreaterThanOrEqualTo(20);
    assertThat(with.refused()).isLessThanOrEqualTo(without.refused() * percentOfThem / 100);
    assertThat(with.served()).isGreaterThan(without.served() * 98 / 100);
  }

  private static Figures play(
      Year year, int everySeconds, int changes, @Nullable String limits, boolean lookAhead) {
    Figures figures =
        Figures.of(
            SeedRun.of(world(year, everySeconds, changes, limits, lookAhead), RealRouter::new));
    if (Boolean.getBoolean("spillway.figures")) {
      System.out.printf(
          "%s, %d changes every %d s, limits %s, look-ahead %s: %s%n",
          year, changes, everySeconds, limits, lookAhead, figures);
    }
    return figures;
  }

  private static World world(
      Year year, int everySeconds, int changes, @Nullable String limits, boolean lookAhead) {
    return new World(
        1,
        false,
        0,
        year,
        limits(lookAhead),
        List.of(changing(HIGH), roomy()),
        List.of(
            backend("changing", new LimitsSpec(limits, false), year),
            backend("roomy", LimitsSpec.NONE, year)),
        new Setup(
            List.of(
                new PoolSpec(
                    "p",
                    Balance.ROUND_ROBIN,
                    List.of(new MemberSpec("changing", 1, 1), new MemberSpec("roomy", 2, 1)))),
            List.of(new RouteSpec("p", List.of(), "p"))),
        null,
        callers(Duration.ofSeconds((changes + 1L) * everySeconds)),
        List.of(),
        changes(everySeconds, changes),
        List.of());
  }

  private static List<CapacityChange> changes(int everySeconds, int count) {
    List<CapacityChange> changes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long at = Duration.ofSeconds((long) i * everySeconds).toNanos();
      changes.add(new CapacityChange(at, changing(i % 2 == 1 ? LOW : HIGH)));
    }
    return changes;
  }

  /** A request of 200 tokens each 600 ms on average: 400,000 a minute of all together. */
  private static List<CallerSpec> callers(Duration length) {
    SplittableRandom random = new SplittableRandom(1);
    List<CallerSpec> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      List<RequestSpec> requests = new ArrayList<>();
      Duration total = Duration.ZERO;
      while (total.compareTo(length) < 0) {
        Duration pause = Duration.ofMillis(random.nextInt(1_000));
        total = total.plus(pause).plus(LATENCY);
        requests.add(request(pause));
      }
      callers.add(new CallerSpec("c" + i, requests));
    }
    return callers;
  }

  private static RequestSpec request(Duration pause) {
    return new RequestSpec(
        pause, "p", false, 200, 150, false, 1, StreamHold.DEFAULT, false, false, null, null, null);
  }

  private static RouterLimits limits(boolean lookAhead) {
    return new RouterLimits(
        LONG,
        LONG,
        LONG,
        LONG,
        5,
        LONG,
        Duration.ofSeconds(2),
        Duration.ZERO,
        RetryAmbiguous.ONCE,
        20,
        10,
        Duration.ZERO,
        lookAhead);
  }

  private static BackendSpec backend(String name, LimitsSpec limits, Year year) {
    WaitForm form = year == Year.OF_2026 ? WaitForm.BOTH : WaitForm.SECONDS;
    return new BackendSpec(name, name, limits, form, LATENCY, Duration.ofMillis(1));
  }

  private static DeploymentSpec changing(int thousands) {
    return deployment("changing", Limit.of(thousands)).withTpm(Limit.of(thousands * 1_000L));
  }

  private static DeploymentSpec roomy() {
    return deployment("roomy", Limit.UNLIMITED);
  }

  private static DeploymentSpec deployment(String name, Limit capacity) {
    return DeploymentSpec.standard(name, "gpt-4o-mini", capacity).withRpm(Limit.UNLIMITED);
  }
}

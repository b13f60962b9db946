package dev.spillway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.simulation.invariant.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedsTest {

  /** {@code -Dseeds=100000} for more. */
  private static final long SEEDS = Long.getLong("seeds", 2_000);

  @Test
  void everySeedIsAsItShouldBe() {
    Map<Long, List<Violation>> failures =
        Main.run(0, SEEDS, Runtime.getRuntime().availableProcessors());

    assertThat(failures)
        .withFailMessage(() ->
            failures.entrySet().stream()
                .map(failure -> Seeds.report(failure.getKey(), failure.getValue()))
                .reduce("", (all, one) -> all + System.lineSeparator() + one))
        .isEmpty();
  }

  @Test
  void oneSeedTellsOneStory() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(Seeds.trace(seed, RealRouter::new)).isEqualTo(Seeds.trace(seed, RealRouter::new));
    }
  }

  @Test
  void seedsTellDifferentStories() {
    assertThat(Seeds.trace(1, RealRouter::new)).isNotEqualTo(Seeds.trace(2, RealRouter::new));
  }
}

package dev.spillway.simulation;

import dev.spillway.simulation.invariant.Checker;
import dev.spillway.simulation.invariant.Violation;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.WorldMaker;
import dev.spillway.time.SimulationException;
import java.util.ArrayList;
import java.util.List;

/** Runs seeds, and says what is wrong with each. */
public final class Seeds {

  /** What an exception that comes out of the router breaks. */
  public static final String NO_EXCEPTION = "I14 no exception of ours";

  private Seeds() {}

  /** What speaks against one seed's story; nothing when all is well. */
  public static List<Violation> check(long seed, RouterUnderTest.Maker maker) {
    return check(WorldMaker.make(seed), maker);
  }

  public static List<Violation> check(World world, RouterUnderTest.Maker maker) {
    Story story;
    try {
      story = SeedRun.of(world, maker);
    } catch (SimulationException e) {
      return List.of(new Violation(NO_EXCEPTION, String.valueOf(e.getMessage())));
    }
    return Checker.check(story);
  }

  /** The story of one seed, to be read. */
  public static String trace(long seed, RouterUnderTest.Maker maker) {
    return SeedRun.of(WorldMaker.make(seed), maker).text();
  }

  /** What a failure says: seed, what was broken, and how to see it again. */
  public static String report(long seed, List<Violation> violations) {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed + ":");
    violations.stream().limit(5).forEach(violation -> lines.add("  " + violation));
    lines.add("  see it again with: benchmarks/simulation/run --seed " + seed + " --trace");
    return String.join(System.lineSeparator(), lines);
  }
}

package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.PoolSpec;

/** All requests together retry no more than their budget after attempts that cost something. */
final class NoStorm implements Invariant {

  @Override
  public String name() {
    return "I11 no storm";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    for (PoolSpec pool : story.world().setup().pools()) {
      double least = new Credit(story, pool.name()).leastBeforeRetry();
      findings.unless(
          least >= 1 - 1e-6,
          () -> "%s retried when %.3f retries were left".formatted(pool.name(), least));
    }
  }
}

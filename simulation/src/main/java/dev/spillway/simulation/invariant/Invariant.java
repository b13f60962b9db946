package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Story;

/** One promise, checked by the two logs alone. */
interface Invariant {

  /** Its number and what it says, as failures give it. */
  String name();

  void check(Story story, Knowledge known, Findings findings);
}

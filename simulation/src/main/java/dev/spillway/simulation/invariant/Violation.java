package dev.spillway.simulation.invariant;

/** A promise that was not kept, and where. */
public record Violation(String invariant, String what) {

  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}

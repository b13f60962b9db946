package dev.spillway.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is found against one invariant after the other. */
final class Findings {

  private final List<Violation> violations = new ArrayList<>();
  private String invariant = "";

  void of(Invariant checked) {
    invariant = checked.name();
  }

  void found(String what) {
    violations.add(new Violation(invariant, what));
  }

  void unless(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      found(otherwise.get());
    }
  }

  List<Violation> all() {
    return violations;
  }
}

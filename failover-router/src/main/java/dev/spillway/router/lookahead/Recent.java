package dev.spillway.router.lookahead;

import java.util.ArrayDeque;

/** What was charged a moment ago, and may not have come to the service's counter yet. */
final class Recent {

  private record Charge(double amount, long at) {}

  private final ArrayDeque<Charge> charges = new ArrayDeque<>();
  private double sum;

  /** How much was charged in so many nanoseconds before a moment. */
  double within(long nanos, long now) {
    while (!charges.isEmpty() && now - charges.getFirst().at > nanos) {
      sum -= charges.removeFirst().amount;
    }
    return charges.isEmpty() ? 0 : sum;
  }

  void add(double amount, long at) {
    charges.addLast(new Charge(amount, at));
    sum += amount;
  }
}

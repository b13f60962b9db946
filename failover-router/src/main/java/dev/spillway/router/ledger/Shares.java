package dev.spillway.router.ledger;

import dev.spillway.router.trace.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which part of a pool's work was done by its first choice, and what went over to the others: what
 * a provisioned deployment saves, and what is paid beside it.
 *
 * @param tokens served by each priority, the first choice first
 */
public record Shares(String pool, List<Long> tokens) {

  /**
   * The shares of one pool.
   *
   * @param priorities the names of its backends, the first choice first
   */
  public static Shares of(String pool, List<List<String>> priorities, Map<Account, Cost> costs) {
    List<Long> tokens = new ArrayList<>();
    for (List<String> backends : priorities) {
      tokens.add(
          costs.entrySet().stream()
              .filter(entry -> entry.getKey().pool().equals(pool))
              .filter(entry -> entry.getKey().purpose() == Purpose.SERVED)
              .filter(entry -> backends.contains(entry.getKey().backend()))
              .mapToLong(entry -> entry.getValue().tokens())
              .sum());
    }
    return new Shares(pool, List.copyOf(tokens));
  }

  /** What the others have served. */
  public long spilled() {
    return tokens.stream().skip(1).mapToLong(Long::longValue).sum();
  }

  /** The part of the first choice, from 0 to 1; 1 while nothing has been served. */
  public double first() {
    long all = tokens.stream().mapToLong(Long::longValue).sum();
    return all == 0 ? 1 : (double) tokens.getFirst() / all;
  }
}

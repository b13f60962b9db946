package dev.spillway.router.ledger;

import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Usage;

/**
 * What some attempts have cost.
 *
 * @param attempts all of them, those that no model worked for included
 * @param reported what the backends said of it
 * @param estimated what they did not say, of attempts that were surely executed
 * @param unknown the most that attempts may have cost that were perhaps executed
 */
public record Cost(long attempts, Sum reported, Sum estimated, Sum unknown) {

  /**
   * Tokens of some attempts.
   *
   * @param attempts how many they were
   * @param cached the part of the prompts that was cached, as far as backends say so
   * @param unlimited how many of them may have written any number of tokens
   */
  public record Sum(long attempts, long prompt, long completion, long cached, long unlimited) {

    static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

    Sum plus(Sum more) {
      return new Sum(
          attempts + more.attempts,
          prompt + more.prompt,
          completion + more.completion,
          cached + more.cached,
          unlimited + more.unlimited);
    }

    public long tokens() {
      return prompt + completion;
    }
  }

  public static final Cost NOTHING = new Cost(0, Sum.NOTHING, Sum.NOTHING, Sum.NOTHING);

  static Cost of(Spent spent) {
    Sum none = Sum.NOTHING;
    return switch (spent) {
      case Spent.Nothing it -> new Cost(1, none, none, none);
      case Spent.Pending it -> new Cost(1, none, none, none);
      case Spent.Reported it -> new Cost(1, sum(it.usage()), none, none);
      case Spent.Estimated it ->
          new Cost(1, none, new Sum(1, it.prompt(), it.completion(), 0, 0), none);
      case Spent.Unknown it -> new Cost(1, none, none, atMost(it));
    };
  }

  private static Sum sum(Usage usage) {
    return new Sum(1, usage.prompt(), usage.completion(), usage.cached(), 0);
  }

  private static Sum atMost(Spent.Unknown unknown) {
    Long completion = unknown.completion();
    return completion == null
        ? new Sum(1, unknown.prompt(), 0, 0, 1)
        : new Sum(1, unknown.prompt(), completion, 0, 0);
  }

  public Cost plus(Cost more) {
    return new Cost(
        attempts + more.attempts,
        reported.plus(more.reported),
        estimated.plus(more.estimated),
        unknown.plus(more.unknown));
  }

  /** What was reported, and where nothing was, what is estimated. */
  public long tokens() {
    return reported.tokens() + estimated.tokens();
  }
}

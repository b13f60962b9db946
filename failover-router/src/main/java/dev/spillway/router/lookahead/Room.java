package dev.spillway.router.lookahead;

import java.time.Duration;

/** Whether a deployment is expected to let a request in. */
public sealed interface Room {

  /** Nothing speaks against it, as far as is known. */
  record Enough() implements Room {}

  /**
   * A Standard deployment would refuse it.
   *
   * @param of what there is too little of
   * @param until it would be let in
   */
  record TooLittle(Of of, long needs, long left, Duration until) implements Room {}

  /**
   * More than 100 % of a provisioned deployment is in use.
   *
   * @param until no more than that is
   */
  record Full(double percent, Duration until) implements Room {}

  /**
   * It would let it in, but so much is in use that callers of this priority make way.
   *
   * @param percent in use
   * @param allowed from how many percent on they do
   */
  record Spilling(double percent, double allowed) implements Room {}

  /**
   * Its model cannot take so much at all, however long one waits.
   *
   * @param needs the tokens of the prompt and of the longest answer, as far as is known
   */
  record TooSmall(long needs, long window) implements Room {}

  /** What a Standard deployment counts. */
  enum Of {
    TOKENS,
    REQUESTS
  }

  Room ENOUGH = new Enough();
}

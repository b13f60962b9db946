package dev.spillway.router.trace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a request on its way. */
public sealed interface Step {

  /**
   * Rules chose the pool.
   *
   * @param why which of them, and what fits
   */
  record Routed(String why) implements Step {}

  /**
   * The caller has used up its quota, so that nobody is asked.
   *
   * @param limit {@code tokens} or {@code requests}
   * @param left how much longer
   */
  record OverQuota(String limit, Duration left) implements Step {}

  /**
   * A backend was passed over.
   *
   * @param why {@code resting}, {@code benched}, {@code half-open} or {@code quarantined}
   * @param left how much longer
   */
  record Skipped(String backend, String why, Duration left) implements Step {}

  /**
   * A backend was passed over because it would have refused.
   *
   * @param of {@code tokens} or {@code requests}
   * @param needs what the request would have been charged
   * @param left what is believed to be left
   * @param until it would be let in
   */
  record NoRoom(String backend, String of, long needs, long left, Duration until) implements Step {}

  /**
   * A provisioned backend was passed over because it would have refused.
   *
   * @param percent in use
   * @param until no more than all of it is
   */
  record Full(String backend, double percent, Duration until) implements Step {}

  /**
   * A backend was passed over because its model cannot take so much, or asked although it seems so.
   *
   * @param needs the tokens of prompt and answer
   */
  record TooSmall(String backend, long needs, long window) implements Step {}

  /**
   * A backend was passed over to leave the rest of it to others.
   *
   * @param percent in use
   * @param allowed for this caller
   */
  record Spilled(String backend, double percent, double allowed) implements Step {}

  /**
   * A backend was asked.
   *
   * @param after how long after the request's beginning
   * @param result the status, or a word for what happened instead
   * @param why more about a result without a status
   * @param execution whether the model has worked
   * @param asked the wait that the backend asked for
   * @param firstToken until a stream said something; null for any other answer
   * @param spent what the model has probably worked
   */
  record Attempted(
      String backend,
      Duration after,
      String result,
      @Nullable String why,
      String execution,
      Duration took,
      @Nullable Duration asked,
      @Nullable Duration firstToken,
      Spent spent)
      implements Step {

    /** The result of an attempt whose caller left while the backend was at work. */
    public static final String ABANDONED = "caller-left";

    boolean wasAbandoned() {
      return result.equals(ABANDONED);
    }

    Attempted with(Spent known) {
      return new Attempted(backend, after, result, why, execution, took, asked, firstToken, known);
    }
  }

  /**
   * The request concerns something that one backend keeps.
   *
   * @param backend which; null where that is not known, so that one after the other is asked
   */
  record Concerned(String id, @Nullable String backend) implements Step {}

  /** The request waited for a backend's rest to end. */
  record Waited(Duration length) implements Step {}
}

package dev.spillway.router.trace;

import org.jspecify.annotations.Nullable;

/** What a model has probably worked for one attempt, and how one knows. */
public sealed interface Spent {

  /** It has certainly not worked. */
  record Nothing() implements Spent {}

  /** The answer still arrives. */
  record Pending() implements Spent {}

  /** The backend has said how much. */
  record Reported(Usage usage) implements Spent {}

  /**
   * It has worked and has not said how much.
   *
   * @param prompt a quarter of the characters that it was given
   * @param completion a quarter of the characters that have come
   */
  record Estimated(long prompt, long completion) implements Spent {}

  /**
   * It may have worked, and nothing has come of it.
   *
   * @param prompt as much at most, by the same estimate
   * @param completion as much at most; null where the request sets no limit
   */
  record Unknown(long prompt, @Nullable Long completion) implements Spent {}

  Spent NOTHING = new Nothing();
  Spent PENDING = new Pending();
}

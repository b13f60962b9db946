package dev.spillway.scenarios.format;

import java.time.Duration;

/** When calls come; moments are counted from the scenario's beginning. */
public sealed interface Pace {

  /** When the first call comes. */
  Duration from();

  /**
   * So many calls, whatever becomes of those before.
   *
   * @param atOnce how many come together
   * @param every how long after one lot the next one comes
   */
  record Steady(Duration from, int calls, int atOnce, Duration every) implements Pace {}

  /**
   * So many calls a second, whatever becomes of those before.
   *
   * @param lasting for so long
   * @param first calls a second at the beginning
   * @param last calls a second at the end, with a straight line between
   */
  record Rate(Duration from, Duration lasting, double first, double last) implements Pace {}

  /**
   * So many calls, each sent by one of some callers whose last one is over.
   *
   * @param pause of a caller between the end of a call and its next one
   */
  record Callers(Duration from, int calls, int callers, Duration pause) implements Pace {}
}

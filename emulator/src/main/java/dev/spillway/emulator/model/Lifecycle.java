package dev.spillway.emulator.model;

import java.time.LocalDate;

/**
 * From when to when there is a model.
 *
 * @param retires when it stops to answer; a guess for most models
 */
public record Lifecycle(Status status, LocalDate released, LocalDate retires) {

  private static final int USUAL_MONTHS = 18;

  /** How far it is. */
  public enum Status {
    PREVIEW,
    GENERALLY_AVAILABLE,
    DEPRECATED
  }

  /** One that lives as long as models usually do. */
  static Lifecycle usual(Status status, LocalDate released) {
    return new Lifecycle(status, released, released.plusMonths(USUAL_MONTHS));
  }
}

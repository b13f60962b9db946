package dev.spillway.scenarios.stage;

/** A part has failed, or all of a play; its cause says why. */
public final class PartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PartException(Part part, Throwable cause) {
    this("'" + part.name() + "' failed: " + cause, cause);
  }

  /** The parts cannot go on together. */
  public PartException(String message, Throwable cause) {
    super(message, cause);
  }
}

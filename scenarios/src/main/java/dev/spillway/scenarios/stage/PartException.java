package dev.spillway.scenarios.stage;

/** A part has failed; its cause says why. */
public final class PartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PartException(Part part, Throwable cause) {
    super("'" + part.name() + "' failed: " + cause, cause);
  }
}

package dev.spillway.scenarios.stage;

import org.jspecify.annotations.Nullable;

/** A stage cannot be made, or has fallen apart; its message is one line for people. */
public final class StageException extends Exception {

  private static final long serialVersionUID = 1L;

  public StageException(String message) {
    this(message, null);
  }

  public StageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

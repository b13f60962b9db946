package dev.spillway.scenarios.stage;

import java.io.IOException;

/** A caller has left, as its call says it does, before the answer was over. */
public final class CallerLeftException extends IOException {

  private static final long serialVersionUID = 1L;

  public CallerLeftException() {
    super("the caller left");
  }
}

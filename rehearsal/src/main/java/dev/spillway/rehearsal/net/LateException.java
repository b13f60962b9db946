package dev.spillway.rehearsal.net;

import java.io.IOException;

/** What is waited for has not come in time. */
public final class LateException extends IOException {

  private static final long serialVersionUID = 1L;

  LateException() {
    super("nothing has come in time");
  }
}

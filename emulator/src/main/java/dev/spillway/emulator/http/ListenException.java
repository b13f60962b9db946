package dev.spillway.emulator.http;

import dev.spillway.yaml.ListenAddress;
import java.io.IOException;

/** That an address cannot be listened on, in one line. */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ListenException(String message, Throwable cause) {
    super(message, cause);
  }

  static ListenException because(ListenAddress address, IOException failure) {
    return new ListenException(address.whyNot(failure), failure);
  }

  /** The one that made a start fail, or that the start failed for another reason. */
  static ListenException because(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ListenException listen) {
        return listen;
      }
    }
    return new ListenException("the server cannot be started: " + failure.getMessage(), failure);
  }
}

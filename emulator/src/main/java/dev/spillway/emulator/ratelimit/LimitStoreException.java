package dev.spillway.emulator.ratelimit;

/** That the limits cannot be reached where they are kept; the message is one sentence. */
public final class LimitStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LimitStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

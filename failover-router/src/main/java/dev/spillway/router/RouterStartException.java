package dev.spillway.router;

/** The router cannot start; the message is the whole line that its user should read. */
public final class RouterStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RouterStartException(String line) {
    super(line);
  }

  RouterStartException(String line, Throwable cause) {
    super(line, cause);
  }
}

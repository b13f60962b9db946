package dev.spillway.control;

/** A control call that was refused; the message is one line and says what to change. */
public final class ControlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it was refused; over HTTP the status. */
  public enum Reason {
    INVALID(400),
    UNAUTHORIZED(401),
    NOT_FOUND(404),
    UNREACHABLE(502),
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }

    static Reason ofStatus(int status) {
      for (Reason reason : values()) {
        if (reason.status == status) {
          return reason;
        }
      }
      return INVALID;
    }
  }

  private final Reason reason;

  public ControlException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public static ControlException noDeployment(String name) {
    return new ControlException(Reason.NOT_FOUND, "there is no deployment '" + name + "'");
  }

  public static ControlException noResource(String name) {
    return new ControlException(Reason.NOT_FOUND, "there is no resource '" + name + "'");
  }

  public static ControlException invalid(String message) {
    return new ControlException(Reason.INVALID, message);
  }

  public Reason reason() {
    return reason;
  }
}

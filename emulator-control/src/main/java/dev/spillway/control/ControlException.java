package dev.spillway.control;

import org.jspecify.annotations.Nullable;

/** A control call that was refused; the message is one line and says what to change. */
public final class ControlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it was refused; over HTTP the status and the error's code. */
  public enum Reason {
    INVALID(400, "400"),
    /** The capacity that was asked for is more than its quota has left. */
    INSUFFICIENT_QUOTA(400, "InsufficientQuota"),
    UNAUTHORIZED(401, "401"),
    NOT_FOUND(404, "404"),
    UNREACHABLE(502, "502"),
    UNAVAILABLE(503, "503");

    private final int status;
    private final String code;

    Reason(int status, String code) {
      this.status = status;
      this.code = code;
    }

    public int status() {
      return status;
    }

    /** What the body of a refusal calls it. */
    public String code() {
      return code;
    }

    static Reason of(int status, @Nullable String code) {
      for (Reason reason : values()) {
        if (reason.code.equals(code)) {
          return reason;
        }
      }
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

  public static ControlException noPrincipal(String id) {
    return new ControlException(Reason.NOT_FOUND, "there is no principal '" + id + "'");
  }

  public static ControlException noStub(String name) {
    return new ControlException(Reason.NOT_FOUND, "there is no stub '" + name + "'");
  }

  public static ControlException noFault(String name) {
    return new ControlException(Reason.NOT_FOUND, "there is no fault '" + name + "'");
  }

  public static ControlException invalid(String message) {
    return new ControlException(Reason.INVALID, message);
  }

  public Reason reason() {
    return reason;
  }
}

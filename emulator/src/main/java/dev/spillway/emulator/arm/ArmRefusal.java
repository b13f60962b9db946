package dev.spillway.emulator.arm;

import dev.spillway.control.ControlException;

/** A request that the resource manager refuses; nothing has been changed. */
final class ArmRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ArmRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** A body that is not what was expected. */
  static ArmRefusal invalidContent(String problem) {
    return new ArmRefusal(
        400,
        "InvalidRequestContent",
        "The request content was invalid and could not be deserialized: '" + problem + "'.");
  }

  /** A body that can be read and asks for something that cannot be. */
  static ArmRefusal invalidProperties(String message) {
    return new ArmRefusal(400, "InvalidResourceProperties", message);
  }

  /**
   * Something of a resource group that is not there.
   *
   * @param resource such as {@code Microsoft.CognitiveServices/accounts/contoso}
   */
  static ArmRefusal noResource(String resource, String group) {
    return new ArmRefusal(
        404,
        "ResourceNotFound",
        "The Resource '%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(resource, group));
  }

  /** What the control API refused, in the resource manager's words. */
  static ArmRefusal of(ControlException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return switch (refusal.reason()) {
      case INVALID -> invalidProperties(message);
      case INSUFFICIENT_QUOTA -> new ArmRefusal(400, refusal.reason().code(), message);
      case UNAUTHORIZED -> new ArmRefusal(401, "AuthenticationFailed", message);
      case NOT_FOUND -> new ArmRefusal(404, "ResourceNotFound", message);
      case UNREACHABLE -> new ArmRefusal(502, "BadGateway", message);
      case UNAVAILABLE -> new ArmRefusal(503, "ServiceUnavailable", message);
    };
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.wire.ErrorEnvelope;

/** The front door's answers to whom it does not let in; the same in every year. */
final class KnockReply {

  private KnockReply() {}

  static Reply of(WireProfile wire, Exchange exchange, Knock.Refused refused) {
    return switch (refused) {
      case Knock.Unauthorized unauthorized -> wire.unauthorized(exchange);
      case Knock.NoResource none -> wire.resourceNotFound(exchange);
      case Knock.BadToken bad ->
          Reply.json(401, GatewayHeaders.frontDoor(exchange), unauthorized(bad.audience()));
      case Knock.LacksRole lacks ->
          permissionDenied(
              exchange,
              "The principal `%s` lacks the required data action `%s` to perform `%s` operation."
                  .formatted(
                      lacks.claims().principal(), lacks.action().fullName(), lacks.operation()));
      case Knock.RolePropagating early ->
          permissionDenied(exchange, "Principal does not have access to API/Operation.");
      case Knock.KeysDisabled disabled ->
          forbidden(
              exchange,
              "AuthenticationTypeDisabled",
              "Key based authentication is disabled for this resource.");
      case Knock.Firewalled firewalled ->
          forbidden(exchange, "403", "Access denied due to Virtual Network/Firewall rules.");
      case Knock.Blocked blocked ->
          forbidden(
              exchange,
              "403",
              "Your resource has been temporarily blocked because we detected behavior that may"
                  + " violate our content policy.");
    };
  }

  /** Flat, and with its own white space: not the gateway writes this. */
  private static String unauthorized(String audience) {
    return "{ \"statusCode\": 401, \"message\": \"Unauthorized. Access token is missing, invalid,"
        + " audience is incorrect ("
        + audience
        + "), or have expired.\" }";
  }

  private static Reply permissionDenied(Exchange exchange, String message) {
    String body = new ErrorEnvelope("PermissionDenied", message).toCompactJson();
    return Reply.json(401, GatewayHeaders.frontDoor(exchange), body)
        .withReasonPhrase("PermissionDenied");
  }

  private static Reply forbidden(Exchange exchange, String code, String message) {
    return Reply.json(
        403, GatewayHeaders.frontDoor(exchange), new ErrorEnvelope(code, message).toJson());
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;

/** Errors that a deployment was told to answer with, word for word. */
final class Failures {

  private static final String SUPPORT =
      "You can retry your request, or contact us through an Azure support request at:"
          + " https://go.microsoft.com/fwlink/?linkid=2213926";
  private static final String IF_IT_PERSISTS =
      SUPPORT + " if the error persists. (Please include the request ID %s in your message.)";

  private Failures() {}

  static Reply reply(WireProfile wire, Exchange exchange, Outcome.Failed failed) {
    return switch (failed.error()) {
      case SERVER_ERROR, MODEL_ERROR, SERVICE_UNAVAILABLE, ENGINE_OVERLOADED, INVALID_PROMPT ->
          Reply.json(
              failed.status(),
              wire.refusedByEngine(
                  exchange, failed.deployment(), failed.readings(), failed.status()),
              Bodies.engineError(engineError(wire, exchange, failed.error())));
      case INTERNAL_SERVER_ERROR ->
          compact(
              wire,
              exchange,
              failed,
              "InternalServerError",
              "Backend returned unexpected response. Please contact Microsoft for help.");
      case GATEWAY_AUTHENTICATION ->
          compact(
              wire,
              exchange,
              failed,
              "InternalServerError",
              "Gateway cannot authenticate upstream services. Please contact Microsoft for help");
      case TIMEOUT -> compact(wire, exchange, failed, "Timeout", "The operation was timeout.");
      case NO_CAPACITY -> noCapacity(wire, exchange, failed);
      case NO_CAPACITY_WITHOUT_WAIT ->
          spaced(
              wire,
              exchange,
              failed,
              "NoCapacity",
              "The system is currently experiencing high demand and cannot process your request."
                  + " Your request exceeds the maximum usage size allowed during peak load. For"
                  + " improved capacity reliability, consider switching to Provisioned"
                  + " Throughput.");
      case TEMPORARILY_BLOCKED ->
          spaced(
              wire,
              exchange,
              failed,
              "403",
              "Your resource has been temporarily blocked because we detected behavior that may"
                  + " violate our content policy.");
      case TOO_MANY_HEADERS ->
          spaced(wire, exchange, failed, "431", "The request has more than 10 custom headers.");
    };
  }

  /** The last event of a stream that breaks off. */
  static byte[] event(WireProfile wire, Exchange exchange, ServiceError error) {
    return ChatJson.event(engineError(wire, exchange, error)::write);
  }

  /** Every error that comes from the engine; the others are the gateway's and never come here. */
  private static EngineError engineError(WireProfile wire, Exchange exchange, ServiceError error) {
    String requestId = exchange.seed().guid(HeaderNames.X_REQUEST_ID);
    return switch (error) {
      case SERVER_ERROR -> wire.serverError(serverError(requestId), requestId);
      case MODEL_ERROR ->
          serverSide(
              "model_error",
              "The model produced invalid content. Consider modifying your prompt if you are"
                  + " seeing this error persistently. "
                  + IF_IT_PERSISTS.formatted(requestId));
      case SERVICE_UNAVAILABLE ->
          serverSide(
              "server_error",
              "The server is currently overloaded with other requests. Sorry about that! "
                  + IF_IT_PERSISTS.formatted(requestId));
      case ENGINE_OVERLOADED ->
          serverSide(
              "server_error",
              "That model is currently overloaded with other requests. "
                  + IF_IT_PERSISTS.formatted(requestId));
      case INVALID_PROMPT ->
          new EngineError(
              "Sorry! We've encountered an issue with repetitive patterns in your prompt. Please"
                  + " try again with a different prompt.",
              "invalid_request_error",
              "prompt",
              "invalid_prompt",
              null);
      case INTERNAL_SERVER_ERROR,
          GATEWAY_AUTHENTICATION,
          TIMEOUT,
          NO_CAPACITY,
          NO_CAPACITY_WITHOUT_WAIT,
          TEMPORARILY_BLOCKED,
          TOO_MANY_HEADERS ->
          throw new IllegalArgumentException(error + " is no error of the engine");
    };
  }

  private static String serverError(String requestId) {
    return "The server had an error processing your request. Sorry about that! "
        + SUPPORT
        + " if you keep seeing this error. (Please include the request ID "
        + requestId
        + " in your email.)";
  }

  private static EngineError serverSide(String type, String message) {
    return new EngineError(message, type, null, null, null);
  }

  private static Reply noCapacity(WireProfile wire, Exchange exchange, Outcome.Failed failed) {
    long seconds = RetryAfter.seconds(failed.retryAfter().orElseThrow());
    Reply reply =
        spaced(
            wire,
            exchange,
            failed,
            "NoCapacity",
            "The system is currently experiencing high demand and cannot process your request."
                + " Your request exceeds the maximum usage size allowed during peak load. Please"
                + " retry after "
                + seconds
                + " seconds. For improved latency reliability, consider switching to Provisioned"
                + " Throughput.");
    reply.headers().add(HeaderNames.RETRY_AFTER, seconds);
    return reply;
  }

  private static Reply compact(
      WireProfile wire, Exchange exchange, Outcome.Failed failed, String code, String message) {
    return Reply.json(
        failed.status(), wire.gateway(exchange), new ErrorEnvelope(code, message).toCompactJson());
  }

  private static Reply spaced(
      WireProfile wire, Exchange exchange, Outcome.Failed failed, String code, String message) {
    return Reply.json(
        failed.status(), wire.gateway(exchange), new ErrorEnvelope(code, message).toJson());
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.wire.HeaderNames;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refusals that look different where a response was asked for. */
final class RefusedResponse {

  private static final String LIMITED = "Your requests to the deployment have exceeded rate limit.";

  private RefusedResponse() {}

  /** The answer, unless it is the same as for a chat completion. */
  static Optional<Reply> of(
      WireProfile wire, Exchange exchange, ParsedBody body, Outcome.Refusal refusal) {
    return body instanceof ParsedBody.Valid(ResponsesRequest request)
        ? wire.responses().flatMap(shape -> of(wire, shape, exchange, request, refusal))
        : Optional.empty();
  }

  private static Optional<Reply> of(
      WireProfile wire,
      ResponseShape shape,
      Exchange exchange,
      ResponsesRequest request,
      Outcome.Refusal refusal) {
    boolean inStream = request.stream() && wire.throttlesInStream();
    return switch (refusal) {
      case Outcome.PromptBlocked blocked -> Optional.of(blocked(wire, exchange, request, blocked));
      case Outcome.Throttled throttled when inStream ->
          Optional.of(
              inStream(
                  wire,
                  shape,
                  exchange,
                  request,
                  throttled,
                  wire.throttled(exchange, throttled.deployment(), throttled.denied()),
                  ResponseFailure.event(
                      "too_many_requests", "rate_limit_exceeded", "x-ms-fe-error", LIMITED)));
      case Outcome.Full full when inStream ->
          Optional.of(
              inStream(
                  wire,
                  shape,
                  exchange,
                  request,
                  full,
                  wire.full(exchange, full.full()),
                  ResponseFailure.event(
                      "too_many_requests",
                      "rate_limit_reached",
                      "skip-error-remapping",
                      Provisioned.FULL)));
      case Outcome.Throttled throttled -> Optional.empty();
      case Outcome.Full full -> Optional.empty();
      case Outcome.NoSuchFilter none -> Optional.empty();
      case Outcome.PictureBlocked blocked -> Optional.empty();
      case Outcome.NotTaken notTaken -> Optional.empty();
      case Outcome.TooLong tooLong -> Optional.empty();
      case Outcome.Invalid invalid -> Optional.empty();
      case Outcome.NotSupported notSupported -> Optional.empty();
      case Outcome.Failed failed -> Optional.empty();
    };
  }

  /** Status 200 with the headers of a 429, and a stream that fails at once. */
  private static Reply inStream(
      WireProfile wire,
      ResponseShape shape,
      Exchange exchange,
      ResponsesRequest request,
      Outcome.Refusal refusal,
      Reply whole,
      Map<String, JsonNode> error) {
    ObjectNode created =
        ResponseBody.created(
            shape, request, refusal.deployment().model(), ResponseIds.of(exchange, request));
    ResponseEvents events = new ResponseEvents(false, exchange.seed());
    events.response("response.created", created);
    events.response("response.failed", ResponseEnd.failed(created));
    events.event("error", error);
    HeaderList headers = whole.headers().put(HeaderNames.X_REQUEST_ID, exchange.requestId());
    return new Reply(200, null, headers, wire.eventStream(), true, events.take());
  }

  /** The filter's verdict stands in {@code content_filters}, as in a response. */
  private static Reply blocked(
      WireProfile wire,
      Exchange exchange,
      ResponsesRequest request,
      Outcome.PromptBlocked blocked) {
    ObjectNode body = ResponseJson.NODES.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", PromptBlocked.MESSAGE.replace('\'', '\u2019'));
    error.put("type", "invalid_request_error");
    error.put("param", "prompt");
    error.put("code", "content_filter");
    error.set("content_filters", ResponseFilters.ofPrompt(request, blocked.verdict()));
    return Reply.json(
        400,
        wire.served(exchange, blocked.deployment(), blocked.readings()),
        ResponseJson.compact(body));
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.stored.Progress;
import dev.spillway.emulator.stored.StoredResponse;
import dev.spillway.emulator.stored.Unfinished;
import dev.spillway.time.TimeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response, whole or as a stream of events that has no {@code [DONE]}.
 *
 * <p>One in the background is answered before it is done.
 */
final class ResponsesFormat implements TextFormat {

  private final WireProfile wire;
  private final ResponseShape shape;
  private final Exchange exchange;
  private final ResponsesRequest request;
  private final TextAnswer answer;
  private final TimeSource time;
  private final ResponseIds ids;
  private final ObjectNode created;
  private final ResponseOutput output;
  private final ResponseEvents events;
  private final ResponseItemEvents items;
  private @Nullable ObjectNode finished;

  ResponsesFormat(
      WireProfile wire,
      ResponseShape shape,
      Exchange exchange,
      ResponsesRequest request,
      TextAnswer answer,
      TimeSource time) {
    this.wire = wire;
    this.shape = shape;
    this.exchange = exchange;
    this.request = request;
    this.answer = answer;
    this.time = time;
    this.ids = ResponseIds.of(exchange, request);
    this.created = ResponseBody.created(shape, request, answer.deployment().model(), ids);
    this.output = ResponseOutput.of(ids, exchange, request, answer);
    this.events = new ResponseEvents(shape.since2026() && request.obfuscation(), exchange.seed());
    this.items = new ResponseItemEvents(events, output, exchange.seed());
  }

  @Override
  public byte[] whole() {
    ObjectNode body = answered();
    return ResponseJson.pretty(request.background() ? Unfinished.of(body, "queued") : body);
  }

  @Override
  public byte[] first() {
    events.response("response.created", created);
    if (request.background()) {
      events.response("response.queued", created);
    }
    events.response("response.in_progress", created.deepCopy().put("status", "in_progress"));
    return events.take();
  }

  @Override
  public byte[] piece(Piece piece) {
    switch (piece) {
      case Piece.Start start -> items.reasoning();
      case Piece.Token token -> items.token(token.text());
      case Piece.CallStart start -> items.call(start.call());
      case Piece.CallArguments arguments -> items.arguments(arguments.text());
      case Piece.End end -> {}
      case Piece.Reading reading -> {}
    }
    return events.take();
  }

  @Override
  public byte[] last() {
    items.close();
    ObjectNode body = answered();
    events.response("response." + body.path("status").asString(), body);
    return events.take();
  }

  @Override
  public byte[] failure(ServiceError error) {
    ErrorBody words = FailureTexts.of(wire, exchange, error, Optional.empty());
    ObjectNode body = ResponseEnd.failed(created);
    finished = body;
    body.set("error", ResponseFailure.inResponse(words));
    events.response("response.failed", body);
    events.event("error", ResponseFailure.event(words));
    return events.take();
  }

  private ObjectNode answered() {
    ObjectNode body = ResponseEnd.answered(created, shape, request, answer, output, time.instant());
    finished = body;
    return body;
  }

  /** What is kept of it, once it has come to its end. */
  Optional<StoredResponse> stored() {
    ObjectNode end = finished;
    return end == null || !request.store() ? Optional.empty() : Optional.of(stored(end));
  }

  private StoredResponse stored(ObjectNode end) {
    boolean streamed = request.background() && request.stream();
    return new StoredResponse(
        ids.response(),
        ids.created(),
        ResponseInput.named(request.items(), ids),
        request.items().size() - request.earlier(),
        end,
        streamed ? events.all() : List.of(),
        progress());
  }

  private Progress progress() {
    if (!request.background()) {
      return Progress.waitedFor(ids.created());
    }
    return request.stream()
        ? Progress.streamedInBackground(ids.created())
        : Progress.inBackground(ids.created());
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.inference.Call;
import dev.spillway.emulator.inference.Inference;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.recording.Lookup;
import dev.spillway.emulator.recording.RecordedBody;
import dev.spillway.emulator.recording.RecordedRequest;
import dev.spillway.emulator.recording.Recording;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.recording.RecordingMode;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.RequestAsSent;
import dev.spillway.emulator.request.RequestBody;
import dev.spillway.emulator.request.RequestReader;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are recorded or answered from recordings, before anybody else looks at them.
 *
 * <p>A recording is played after its deployment has charged the call and let it in. Only then does
 * it count as played.
 */
final class RecordedCalls {

  private static final ParsedBody UNREAD =
      new ParsedBody.Refused(new InvalidRequest("nobody here reads it", null, null));

  private final RecordingDesk desk;
  private final @Nullable UpstreamCalls upstream;
  private final WireProfile wire;
  private final Inference inference;
  private final Replies replies;
  private final AnswerSender answers;
  private final PlaybackSender playbacks;

  /**
   * @param upstream null where nobody can be asked, so that nothing is recorded
   */
  RecordedCalls(
      RecordingDesk desk,
      @Nullable UpstreamCalls upstream,
      WireProfile wire,
      Inference inference,
      Replies replies,
      AnswerSender answers,
      PlaybackSender playbacks) {
    this.desk = desk;
    this.upstream = upstream;
    this.wire = wire;
    this.inference = inference;
    this.replies = replies;
    this.answers = answers;
    this.playbacks = playbacks;
  }

  /** Answers a call; false when the emulator shall do so by itself. */
  boolean answered(Arrival arrival, AzureRoute route) throws IOException {
    RecordingMode mode = desk.mode();
    if (mode == RecordingMode.OFF) {
      return false;
    }
    if (replies.isTooLarge(arrival)) {
      return true;
    }
    RecordedRequest request = request(arrival, route);
    if (mode == RecordingMode.RECORD) {
      return record(arrival, route, request);
    }
    return switch (desk.find(request)) {
      case Lookup.Found found -> play(arrival, route, request, found.next());
      case Lookup.OtherKind other ->
          otherwise(arrival, route, request, 400, "RecordingOfAnotherKind", other.sentence());
      case Lookup.Missing missing ->
          otherwise(arrival, route, request, 404, "RecordingNotFound", missing.sentence());
    };
  }

  private boolean record(Arrival arrival, AzureRoute route, RecordedRequest request)
      throws IOException {
    Objects.requireNonNull(upstream).answer(arrival, route, request);
    return true;
  }

  private boolean otherwise(
      Arrival arrival,
      AzureRoute route,
      RecordedRequest request,
      int status,
      String code,
      String sentence)
      throws IOException {
    return switch (desk.config().unmatched()) {
      case REFUSE -> refuse(arrival, status, code, sentence);
      case GENERATE -> false;
      case RECORD -> record(arrival, route, request);
    };
  }

  private boolean refuse(Arrival arrival, int status, String code, String sentence)
      throws IOException {
    replies.turnAway(
        arrival,
        code,
        Reply.json(
            status,
            GatewayHeaders.frontDoor(arrival.exchange()),
            new ErrorEnvelope(code, sentence).toJson()));
    return true;
  }

  private boolean play(
      Arrival arrival, AzureRoute route, RecordedRequest request, Supplier<Recording> next)
      throws IOException {
    Optional<Operation> operation =
        Operation.byPath(route.rest()).filter(any -> request.method().equals("POST"));
    Optional<String> deployment = request.deployment();
    if (operation.isPresent() && deployment.isPresent()) {
      admit(arrival, operation.get(), deployment.get(), next);
    } else {
      playbacks.send(arrival, next.get().answer());
    }
    return true;
  }

  private void admit(
      Arrival arrival, Operation operation, String deployment, Supplier<Recording> next)
      throws IOException {
    Call call =
        new Call(
            arrival.origin(),
            new DeploymentId(arrival.exchange().resource().name(), deployment),
            arrival.ctx().header(HeaderNames.SPILLOVER_DEPLOYMENT),
            null,
            operation,
            RequestReader.of(operation).map(reader -> read(arrival, reader)).orElse(UNREAD),
            new RequestAsSent(arrival.ctx()::header, arrival.body()));
    try {
      answers.send(arrival, call.body(), inference.play(call, () -> next.get().answer()));
    } catch (LimitStoreException e) {
      replies.turnAway(arrival, "limits unavailable", wire.unavailable(arrival.exchange(), e));
    }
  }

  private ParsedBody read(Arrival arrival, RequestReader reader) {
    return reader.read(
        new RequestBody(arrival.body(), arrival.ctx().header("Content-Type")), wire.roles());
  }

  private static RecordedRequest request(Arrival arrival, AzureRoute route) {
    TreeMap<String, String> query = new TreeMap<>();
    arrival
        .ctx()
        .queryParamMap()
        .forEach((name, values) -> query.put(name, String.join(",", values)));
    query.remove("api-version");
    return new RecordedRequest(
        arrival.origin().method(),
        route.path(),
        arrival.origin().apiVersion(),
        query,
        RecordedBody.ofRequest(arrival.ctx().header("Content-Type"), arrival.body()));
  }
}

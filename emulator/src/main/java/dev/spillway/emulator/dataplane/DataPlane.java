package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.AnswerStream;
import dev.spillway.emulator.inference.Call;
import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.inference.Inference;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.emulator.request.ChatRequestReader;
import dev.spillway.emulator.request.FeatureRefusal;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedChat;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import dev.spillway.wire.ServerSentEvent;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Azure's paths.
 *
 * <p>The order of checks is the service's: credentials, then route and api-version, and the rest in
 * {@link Inference}.
 */
public final class DataPlane {

  private static final byte[] DONE = ServerSentEvent.DONE.toBytes();

  private final Arrivals arrivals;
  private final WireProfile wire;
  private final ApiVersions apiVersions;
  private final Inference inference;
  private final CallLog log;
  private final TimeSource time;
  private final ReplySender sender;
  private final int maxRequestBytes;

  /**
   * @param keepsBodies whether the journal wants the request's body
   */
  public DataPlane(
      Resources resources,
      Entra entra,
      WireProfile wire,
      ApiVersions apiVersions,
      Inference inference,
      CallSeeds seeds,
      CallLog log,
      TimeSource time,
      int maxRequestBytes,
      boolean keepsBodies) {
    this.arrivals = new Arrivals(resources, entra, seeds, time, maxRequestBytes, keepsBodies);
    this.wire = wire;
    this.apiVersions = apiVersions;
    this.inference = inference;
    this.log = log;
    this.time = time;
    this.sender = new ReplySender(time);
    this.maxRequestBytes = maxRequestBytes;
  }

  /** Takes every path that nobody else has taken before. */
  public void addTo(RoutesConfig routes) {
    for (HandlerType method : HandlerType.commonHttp()) {
      routes.addHttpHandler(method, "/", this::handle);
      routes.addHttpHandler(method, "/*", this::handle);
    }
  }

  private void handle(Context ctx) throws IOException {
    Arrival arrival = arrivals.of(ctx);
    switch (arrival.knock()) {
      case Knock.Admitted admitted -> route(arrival);
      case Knock.Refused refused ->
          turnAway(arrival, refused.reason(), KnockReply.of(wire, arrival.exchange(), refused));
    }
  }

  private void route(Arrival arrival) throws IOException {
    Optional<AzureRoute> route =
        arrival.route().filter(known -> Operation.byPath(known.rest()).equals(served(arrival)));
    switch (route.orElse(null)) {
      case AzureRoute.Dated dated -> dated(arrival, dated);
      case AzureRoute.V1 v1 -> v1(arrival);
      case null -> notFound(arrival);
    }
  }

  /** What can be asked by this method; for now there is one such operation. */
  private static Optional<Operation> served(Arrival arrival) {
    return arrival.origin().method().equals("POST")
        ? Optional.of(Operation.CHAT_COMPLETIONS)
        : Optional.empty();
  }

  private void dated(Arrival arrival, AzureRoute.Dated route) throws IOException {
    Optional<ApiVersion> version = ApiVersion.parse(arrival.origin().apiVersion());
    if (version.isEmpty() || version.get().text().equals("v1")) {
      notFound(arrival);
    } else if (!version.get().isDated()) {
      turnAway(arrival, "DeploymentNotFound", wire.deploymentNotFound(arrival.exchange()));
    } else if (!apiVersions.serve(arrival.exchange().operation(), version.get())) {
      notFound(arrival);
    } else if (isTooLarge(arrival)) {
      tooLarge(arrival);
    } else {
      ParsedChat chat = ChatRequestReader.read(arrival.body(), wire.roles());
      Optional<FeatureRefusal> refusal = refusal(version.get(), chat);
      if (refusal.isPresent()) {
        refuse(arrival, refusal.get());
      } else {
        answer(arrival, route.deployment(), chat);
      }
    }
  }

  private Optional<FeatureRefusal> refusal(ApiVersion version, ParsedChat chat) {
    return switch (chat) {
      case ParsedChat.Valid valid -> apiVersions.refusal(version, valid.request().parameters());
      case ParsedChat.Refused refused -> Optional.empty();
    };
  }

  private void refuse(Arrival arrival, FeatureRefusal refusal) throws IOException {
    switch (refusal) {
      case FeatureRefusal.NotYet notYet ->
          turnAway(arrival, "BadRequest", wire.badRequest(arrival.exchange(), notYet.message()));
      case FeatureRefusal.Unrecognized unrecognized -> refuse(arrival, unrecognized.problem());
    }
  }

  private void v1(Arrival arrival) throws IOException {
    String version = arrival.origin().apiVersion();
    if (version != null && arrival.exchange().apiVersion() != null) {
      turnAway(
          arrival, "BadRequest", wire.badRequest(arrival.exchange(), "API version not supported"));
    } else if (version != null && ApiVersion.parse(version).isEmpty()) {
      notFound(arrival);
    } else if (isTooLarge(arrival)) {
      tooLarge(arrival);
    } else {
      v1Body(arrival, ChatRequestReader.read(arrival.body(), wire.roles()));
    }
  }

  private void v1Body(Arrival arrival, ParsedChat chat) throws IOException {
    switch (chat) {
      case ParsedChat.Refused refused -> refuse(arrival, refused.problem());
      case ParsedChat.Valid valid -> {
        String deployment = valid.request().model();
        if (deployment == null) {
          refuse(arrival, new InvalidRequest("you must provide a model parameter", null, null));
        } else {
          answer(arrival, deployment, chat);
        }
      }
    }
  }

  private void answer(Arrival arrival, String deployment, ParsedChat chat) throws IOException {
    Context ctx = arrival.ctx();
    Call call =
        new Call(
            arrival.origin(),
            new DeploymentId(arrival.exchange().resource().name(), deployment),
            ctx.header(HeaderNames.SPILLOVER_DEPLOYMENT),
            ctx.header(HeaderNames.CONTENT_FILTER),
            chat);
    Outcome outcome;
    try {
      outcome = inference.serve(call);
    } catch (LimitStoreException e) {
      turnAway(arrival, "limits unavailable", wire.unavailable(arrival.exchange(), e));
      return;
    }
    send(arrival, outcome);
  }

  private void send(Arrival arrival, Outcome outcome) throws IOException {
    Context ctx = arrival.ctx();
    Exchange exchange = arrival.exchange();
    switch (outcome) {
      case Outcome.Completed completed -> send(ctx, whole(exchange, completed.answer()));
      case Outcome.Streaming streaming -> stream(ctx, exchange, streaming.stream());
      case Outcome.DeploymentNotFound none -> send(ctx, wire.deploymentNotFound(exchange));
      case Outcome.Refusal refusal -> send(ctx, refusal(exchange, refusal));
      case Outcome.SpilloverFailed failed ->
          send(
              ctx,
              Provisioned.spilloverFailed(refusal(exchange, failed.original()), failed.status()));
    }
  }

  private Reply refusal(Exchange exchange, Outcome.Refusal refusal) {
    return switch (refusal) {
      case Outcome.Throttled throttled ->
          wire.throttled(exchange, throttled.deployment(), throttled.denied());
      case Outcome.Full full -> wire.full(exchange, full.full());
      case Outcome.PromptBlocked blocked -> wire.promptBlocked(exchange, blocked);
      case Outcome.NoSuchFilter none -> wire.noSuchFilter(exchange, none);
      case Outcome.TooLong tooLong ->
          wire.invalid(exchange, tooLong.deployment(), tooLong.problem(), tooLong.readings());
      case Outcome.Invalid invalid ->
          wire.invalid(exchange, invalid.deployment(), invalid.problem(), invalid.readings());
      case Outcome.NotSupported notSupported ->
          wire.notSupported(exchange, notSupported.deployment());
      case Outcome.Failed failed -> Failures.reply(wire, exchange, failed);
    };
  }

  private HeaderList success(Exchange exchange, Answer answer) {
    return Provisioned.spilled(wire.success(exchange, answer), answer);
  }

  private Reply whole(Exchange exchange, Answer answer) {
    byte[] body = wire.chat(exchange, answer).completion();
    return Reply.json(200, success(exchange.at(time.instant()), answer), body);
  }

  private void stream(Context ctx, Exchange exchange, AnswerStream stream) throws IOException {
    Answer answer = stream.answer();
    ChatFormat writer = wire.chat(exchange, answer);
    try (stream) {
      OutputStream out = sender.open(ctx, success(exchange, answer), wire.eventStream());
      byte[] prompt = writer.promptChunk();
      if (prompt != null) {
        out.write(prompt);
      }
      ctx.res().flushBuffer();
      for (Optional<AnswerStream.Piece> piece = stream.next();
          piece.isPresent();
          piece = stream.next()) {
        out.write(writer.chunk(piece.get()));
        if (answer.readWhileSent()) {
          ctx.res().flushBuffer();
        }
      }
      byte[] end = end(exchange, stream, writer);
      stream.close(); // so that the call is recorded before the caller can see its end
      out.write(end);
      out.close();
    }
  }

  /** What comes after the last chunk; a stream that breaks off has an error there instead. */
  private byte[] end(Exchange exchange, AnswerStream stream, ChatFormat writer) throws IOException {
    Optional<ServiceError> failure = stream.failure();
    if (failure.isPresent()) {
      return Failures.event(wire, exchange, failure.get());
    }
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    if (stream.answer().request().includeUsage() && !stream.answer().blocked()) {
      end.write(writer.usageChunk());
    }
    end.write(DONE);
    return end.toByteArray();
  }

  private void notFound(Arrival arrival) throws IOException {
    turnAway(arrival, "not found", wire.resourceNotFound(arrival.exchange()));
  }

  private void tooLarge(Arrival arrival) throws IOException {
    turnAway(arrival, "too large", wire.tooLarge(arrival.exchange(), maxRequestBytes));
  }

  private void refuse(Arrival arrival, InvalidRequest problem) throws IOException {
    turnAway(arrival, "invalid_request_error", wire.invalid(arrival.exchange(), problem));
  }

  private void turnAway(Arrival arrival, String reason, Reply reply) throws IOException {
    log.turnedAway(arrival.origin(), reply.status(), reason, arrival.exchange().arrived());
    send(arrival.ctx(), reply);
  }

  private void send(Context ctx, Reply reply) throws IOException {
    sender.send(ctx, reply);
  }

  private boolean isTooLarge(Arrival arrival) {
    return arrival.body().length > maxRequestBytes;
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.fault.Pauses;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.inference.Inference;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.emulator.stored.ResponseStore;
import dev.spillway.emulator.upstream.Upstream;
import dev.spillway.emulator.upstream.UpstreamHeader;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.AzureRoute;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Azure's paths: lets calls in, and passes each to whoever does what it asks.
 *
 * <p>The order of checks is the service's: credentials, then route and api-version, and the rest in
 * {@link Inference}.
 */
public final class DataPlane {

  private final Arrivals arrivals;
  private final WireProfile wire;
  private final Hangs hangs;
  private final Replies replies;
  private final PictureDoor pictures;
  private final @Nullable RecordedCalls recordings;
  private final ModelCalls models;
  private final List<ResourceOperation> resourceOperations;

  /**
   * @param desk null where nothing is recorded or played
   * @param upstream who is asked to record; null for nobody
   * @param keepsBodies whether the journal wants the request's body
   */
  public DataPlane(
      Resources resources,
      Entra entra,
      WireProfile wire,
      ApiVersions apiVersions,
      Inference inference,
      ModelCatalog catalog,
      CallSeeds seeds,
      CallLog log,
      @Nullable RecordingDesk desk,
      @Nullable Upstream upstream,
      ResponseStore store,
      Misfortunes misfortunes,
      TimeSource time,
      int maxRequestBytes,
      boolean keepsBodies) {
    this.arrivals =
        new Arrivals(
            resources,
            entra,
            seeds,
            misfortunes,
            time,
            maxRequestBytes,
            keepsBodies,
            (ctx, body) ->
                desk == null
                    ? body
                    : desk.cleaned(body, UpstreamHeader.credentials(RequestHeaders.of(ctx))));
    this.wire = wire;
    this.hangs = new Hangs(time);
    ReplySender sender = new ReplySender(time);
    this.replies =
        new Replies(
            wire, log, sender, new FaultySender(sender, new Pauses(time), hangs), maxRequestBytes);
    this.pictures = new PictureDoor(time, sender);
    PlaybackSender playbacks = new PlaybackSender(wire, replies, desk, time);
    Responses responses = new Responses(store);
    AnswerSender answers = new AnswerSender(wire, replies, playbacks, pictures, responses, time);
    this.recordings =
        desk == null
            ? null
            : new RecordedCalls(
                desk,
                upstream == null ? null : new UpstreamCalls(desk, upstream, replies, log, time),
                wire,
                inference,
                replies,
                answers,
                playbacks);
    RouteVersions versions = new RouteVersions(apiVersions, replies);
    this.models =
        new ModelCalls(wire, apiVersions, inference, replies, versions, responses, answers);
    this.resourceOperations =
        List.of(
            new ModelList(wire, apiVersions, catalog, replies),
            new StoredResponseCalls(wire, store, versions, replies, time));
  }

  /** Takes every path that nobody else has taken before. */
  public void addTo(RoutesConfig routes) {
    pictures.addTo(routes);
    for (HandlerType method : HandlerType.commonHttp()) {
      routes.addHttpHandler(method, "/", this::handle);
      routes.addHttpHandler(method, "/*", this::handle);
    }
  }

  private void handle(Context ctx) throws IOException {
    Arrival arrival = arrivals.of(ctx);
    Optional<String> complaint = arrival.origin().faults().complaint();
    if (complaint.isPresent()) {
      replies.badRequest(arrival, complaint.get());
    } else if (!replies.isStruck(arrival)) {
      letIn(arrival);
    }
  }

  private void letIn(Arrival arrival) throws IOException {
    switch (arrival.knock()) {
      case Knock.Admitted admitted -> route(arrival);
      case Knock.Refused refused ->
          replies.turnAway(
              arrival, refused.reason(), KnockReply.of(wire, arrival.exchange(), refused));
    }
  }

  /** Lets go of all calls that hang. */
  public void close() {
    hangs.close();
  }

  private void route(Arrival arrival) throws IOException {
    Optional<AzureRoute> route = arrival.route();
    if (route.isEmpty()) {
      replies.notFound(arrival);
      return;
    }
    if (recordings != null && recordings.answered(arrival, route.get())) {
      return;
    }
    Optional<ResourceOperation> operation =
        resourceOperations.stream()
            .filter(one -> one.takes(arrival.origin().method(), route.get()))
            .findFirst();
    if (operation.isPresent()) {
      operation.get().answer(arrival, route.get());
    } else {
      models.answer(arrival, route.get());
    }
  }
}

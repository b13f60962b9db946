package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.stored.ResponseStore;
import dev.spillway.emulator.stored.StoredResponse;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of responses that a resource has kept: to show, to cancel or to delete one. */
final class StoredResponseCalls implements ResourceOperation {

  private static final String FOLDER = "responses/";

  /** What is asked, of which response. */
  private record Asked(String method, String id, String more) {

    static Optional<Asked> of(String method, AzureRoute route) {
      if (route instanceof AzureRoute.Dated || !route.rest().startsWith(FOLDER)) {
        return Optional.empty();
      }
      String rest = route.rest().substring(FOLDER.length());
      int slash = rest.indexOf('/');
      return slash < 0
          ? Optional.of(new Asked(method, rest, ""))
          : Optional.of(new Asked(method, rest.substring(0, slash), rest.substring(slash)));
    }

    boolean isKnown() {
      return switch (method + " " + more) {
        case "GET ", "DELETE ", "GET /input_items", "POST /cancel" -> !id.isEmpty();
        default -> false;
      };
    }
  }

  private final WireProfile wire;
  private final ResponseStore store;
  private final RouteVersions versions;
  private final Replies replies;
  private final TimeSource time;

  StoredResponseCalls(
      WireProfile wire,
      ResponseStore store,
      RouteVersions versions,
      Replies replies,
      TimeSource time) {
    this.wire = wire;
    this.store = store;
    this.versions = versions;
    this.replies = replies;
    this.time = time;
  }

  @Override
  public boolean takes(String method, AzureRoute route) {
    return wire.responses().isPresent()
        && Asked.of(method, route).filter(Asked::isKnown).isPresent();
  }

  @Override
  public void answer(Arrival arrival, AzureRoute route) throws IOException {
    Asked asked = Asked.of(arrival.origin().method(), route).orElseThrow();
    if (!versions.admit(arrival, route)) {
      return;
    }
    Optional<StoredResponse> response = store.find(resource(arrival), asked.id());
    if (response.isEmpty()) {
      refuse(arrival, 404, "Response with id '" + asked.id() + "' not found.");
      return;
    }
    switch (asked.method() + asked.more()) {
      case "GET" -> show(arrival, response.get());
      case "DELETE" -> delete(arrival, asked.id());
      case "POST/cancel" -> cancel(arrival, response.get());
      default -> list(arrival, response.get());
    }
  }

  private void show(Arrival arrival, StoredResponse response) throws IOException {
    if (!"true".equals(arrival.ctx().queryParam("stream"))) {
      send(arrival, response.look(time.instant()));
    } else if (response.events().isEmpty()) {
      refuse(
          arrival,
          400,
          "This response cannot be streamed: it was not created with background=true and"
              + " stream=true.");
    } else {
      replies.answer(arrival, StoredEvents.reply(arrival, headers(arrival), wire, response));
    }
  }

  private void delete(Arrival arrival, String id) throws IOException {
    boolean deleted = store.delete(resource(arrival), id);
    send(
        arrival,
        ResponseJson.NODES
            .objectNode()
            .put("id", id)
            .put("object", "response")
            .put("deleted", deleted));
  }

  private void cancel(Arrival arrival, StoredResponse response) throws IOException {
    if (response.progress().background()) {
      send(arrival, response.cancel(time.instant()));
    } else {
      refuse(arrival, 400, "Cannot cancel a synchronous response.");
    }
  }

  private void list(Arrival arrival, StoredResponse response) throws IOException {
    switch (InputItemPage.of(arrival.ctx(), response.input())) {
      case InputItemPage.Wrong wrong -> refuse(arrival, 400, wrong.problem());
      case InputItemPage.Page page -> send(arrival, page.body());
    }
  }

  private static String resource(Arrival arrival) {
    return arrival.exchange().resource().name();
  }

  private HeaderList headers(Arrival arrival) {
    return wire.gateway(arrival.exchange())
        .add(HeaderNames.X_REQUEST_ID, arrival.exchange().seed().guid(HeaderNames.X_REQUEST_ID));
  }

  private void send(Arrival arrival, ObjectNode body) throws IOException {
    replies.answer(arrival, Reply.json(200, headers(arrival), ResponseJson.pretty(body)));
  }

  private void refuse(Arrival arrival, int status, String message) throws IOException {
    refuse(arrival, status, new InvalidRequest(message, null, null));
  }

  private void refuse(Arrival arrival, int status, InvalidRequest problem) throws IOException {
    replies.turnAway(
        arrival,
        status == 404 ? "not found" : "invalid_request_error",
        Reply.json(status, headers(arrival), Bodies.engineError(EngineError.of(problem))));
  }
}

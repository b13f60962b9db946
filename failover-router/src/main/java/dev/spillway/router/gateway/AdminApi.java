package dev.spillway.router.gateway;

import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.ledger.LedgerJson;
import dev.spillway.router.lookahead.HeadRoom;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.TraceFilter;
import dev.spillway.router.trace.TraceJson;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.ErrorEnvelope;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /router/*}: what the router knows, for whoever runs it. */
public final class AdminApi {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String RESET = "{\"reset\":true}";

  private final Supplier<Serving> current;
  private final Upkeep upkeep;
  private final Records records;
  private final TimeSource time;
  private final boolean loopback;
  private volatile boolean draining;

  /**
   * The admin side.
   *
   * @param current what serves the calls that come now
   * @param loopback whether only this machine can connect, so that no key is needed
   */
  public AdminApi(
      Supplier<Serving> current,
      Upkeep upkeep,
      Records records,
      TimeSource time,
      boolean loopback) {
    this.current = current;
    this.upkeep = upkeep;
    this.records = records;
    this.time = time;
    this.loopback = loopback;
  }

  boolean admits(Context ctx) {
    Secret key = current.get().adminKey();
    return key == null ? loopback : key.matches(CallerKeys.presentedKey(ctx.req()::getHeader));
  }

  void traces(Context ctx) {
    TraceFilter wanted =
        new TraceFilter(
            ctx.queryParam("backend"), ctx.queryParam("caller"), ctx.queryParam("status"));
    json(ctx, TraceJson.of(records.traces().newestFirst().stream().filter(wanted::takes).toList()));
  }

  void trace(Context ctx) throws IOException {
    Optional<RequestTrace> found = records.traces().find(ctx.pathParam("id"));
    if (found.isEmpty()) {
      ReplyWriter.refuse(Inbound.Refusal.NO_SUCH_RESOURCE, ctx.res());
      return;
    }
    json(ctx, TraceJson.of(found.get()));
  }

  void ledger(Context ctx) {
    Map<String, List<List<String>>> pools = new LinkedHashMap<>();
    current.get().pools().forEach((name, pool) -> pools.put(name, priorities(pool)));
    json(ctx, LedgerJson.of(records.ledger(), pools));
  }

  private static List<List<String>> priorities(Pool pool) {
    return pool.tiers().stream()
        .map(tier -> tier.stream().map(member -> member.backend().name()).toList())
        .toList();
  }

  void health(Context ctx) {
    json(ctx, "{\"status\":\"up\"}");
  }

  /** Whether it runs at all; who hears nothing restarts it. */
  void live(Context ctx) {
    json(ctx, "{\"live\":true}");
  }

  /** Whether it is to be sent calls. */
  void ready(Context ctx) {
    boolean ready = !draining;
    ctx.status(ready ? 200 : 503);
    json(ctx, ready ? "{\"ready\":true}" : "{\"ready\":false,\"why\":\"draining\"}");
  }

  /** From now on it is not ready. */
  void drain() {
    draining = true;
  }

  /** Whoever keeps a connection open while it drains is to look for another router. */
  void endConnections(Context ctx) {
    if (draining) {
      ctx.header("Connection", "close");
    }
  }

  void config(Context ctx) {
    Upkeep.InForce inForce = upkeep.inForce();
    ObjectNode document = JSON.objectNode();
    document.put("generation", inForce.generation());
    document.put("since", inForce.since().toString());
    document.put("file", inForce.file());
    json(ctx, MAPPER.writeValueAsString(document));
  }

  void explain(Context ctx) throws IOException {
    try {
      DescribedRequest request = DescribedRequest.parse(ctx.req().getInputStream().readAllBytes());
      json(ctx, ExplanationJson.of(current.get().explain(request)));
    } catch (IllegalArgumentException e) {
      ctx.status(400);
      json(
          ctx, new ErrorEnvelope("BadRequest", "The description " + e.getMessage() + ".").toJson());
    }
  }

  void reload(Context ctx) {
    ObjectNode document = JSON.objectNode();
    switch (upkeep.reload()) {
      case Reloaded.Followed followed -> document.put("generation", followed.generation());
      case Reloaded.Refused refused -> {
        ctx.status(409);
        document.put("refused", refused.why());
      }
    }
    json(ctx, MAPPER.writeValueAsString(document));
  }

  void backends(Context ctx) {
    ObjectNode document = JSON.objectNode();
    var list = document.putArray("backends");
    long now = time.nanoTime();
    Serving serving = current.get();
    for (Backend backend : serving.backends().values()) {
      ObjectNode json = tree(backend, serving.health().state(backend, now));
      addHeadRoom(json, serving.lookAhead().headRoom(backend, now));
      list.add(json);
    }
    json(ctx, MAPPER.writeValueAsString(document));
  }

  void reset(Context ctx) throws IOException {
    Serving serving = current.get();
    Backend backend = serving.backends().get(ctx.pathParam("name"));
    if (backend == null) {
      ReplyWriter.refuse(Inbound.Refusal.NO_SUCH_RESOURCE, ctx.res());
      return;
    }
    serving.health().reset(backend, time.nanoTime());
    serving.lookAhead().reset(backend, time.nanoTime());
    json(ctx, RESET);
  }

  void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(records.metrics().scrape());
  }

  private static ObjectNode tree(Backend backend, HealthState state) {
    ObjectNode json = JSON.objectNode();
    json.put("name", backend.name());
    json.put("url", backend.url().toString());
    json.put("deployment", backend.model());
    json.put("quota-group", backend.quotaGroup());
    switch (state) {
      case HealthState.Serving it -> state(json, "serving", Duration.ZERO);
      case HealthState.Resting it -> state(json, "resting", it.left());
      case HealthState.Benched it -> state(json, "benched", it.left());
      case HealthState.HalfOpen it -> state(json, "half-open", Duration.ZERO);
      case HealthState.Quarantined it -> state(json, "quarantined", it.left());
    }
    return json;
  }

  private static void addHeadRoom(ObjectNode json, HeadRoom headRoom) {
    ObjectNode tree = JSON.objectNode();
    addLeft(tree, "tokens", headRoom.tokens());
    addLeft(tree, "requests", headRoom.requests());
    if (headRoom.utilization() != null) {
      tree.put("percent-in-use", Math.round(headRoom.utilization() * 10) / 10.0);
    }
    if (!tree.isEmpty()) {
      json.set("head-room", tree);
    }
  }

  private static void addLeft(ObjectNode tree, String of, HeadRoom.@Nullable Left left) {
    if (left != null) {
      tree.putObject(of)
          .put("limit", left.limit())
          .put("left", left.left())
          .put("renewed-ms", left.renewed().toMillis());
    }
  }

  private static void state(ObjectNode json, String state, Duration left) {
    json.put("state", state).put("left-ms", left.toMillis());
  }

  private static void json(Context ctx, String text) {
    ctx.contentType("application/json").result(text);
  }
}

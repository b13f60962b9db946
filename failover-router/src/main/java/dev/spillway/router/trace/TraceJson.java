package dev.spillway.router.trace;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Traces as {@code GET /router/traces} shows them. */
public final class TraceJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();

  private TraceJson() {}

  /** {@code {"traces":[…]}}. */
  public static String of(List<RequestTrace> traces) {
    ObjectNode document = JSON.objectNode();
    ArrayNode list = document.putArray("traces");
    traces.forEach(trace -> list.add(tree(trace)));
    return MAPPER.writeValueAsString(document);
  }

  /** One trace as an object. */
  public static String of(RequestTrace trace) {
    return MAPPER.writeValueAsString(tree(trace));
  }

  private static ObjectNode tree(RequestTrace trace) {
    ObjectNode json = JSON.objectNode();
    RequestTrace.Asked asked = trace.asked();
    RequestTrace.Outcome outcome = trace.outcome();
    RequestTrace.Course course = trace.course();
    json.put("id", trace.id().text());
    if (trace.span() != null) {
      json.put("trace-id", trace.span().traceId());
    }
    json.put("number", trace.id().number());
    json.put("at", trace.at().toString());
    json.put("caller", asked.caller());
    json.put("method", asked.method());
    json.put("name", asked.name());
    json.put("operation", asked.operation());
    json.put("pool", asked.pool());
    trace.routedBy().ifPresent(why -> json.put("route", why));
    json.put("status", outcome.status());
    json.put("backend", outcome.backend());
    json.put("attempts", trace.attempts());
    json.put("ending", outcome.why());
    json.put("took-ms", millis(outcome.took()));
    json.put("delivery", course.delivery().word());
    json.put("delivered-ms", millis(course.took()));
    json.put("trace", TraceLine.of(trace.steps()));
    ArrayNode candidates = json.putArray("candidates");
    trace.candidates().forEach(candidates::add);
    ArrayNode steps = json.putArray("steps");
    trace.steps().forEach(step -> steps.add(tree(step)));
    return json;
  }

  private static ObjectNode tree(Step step) {
    ObjectNode json = JSON.objectNode();
    switch (step) {
      case Step.Routed routed -> json.put("step", "routed").put("why", routed.why());
      case Step.OverQuota over ->
          json.put("step", "over-quota")
              .put("limit", over.limit())
              .put("left-ms", millis(over.left()));
      case Step.Skipped skipped ->
          json.put("step", "skipped")
              .put("backend", skipped.backend())
              .put("why", skipped.why())
              .put("left-ms", millis(skipped.left()));
      case Step.Concerned concerned ->
          json.put("step", "concerned")
              .put("id", concerned.id())
              .put("backend", concerned.backend());
      case Step.NoRoom noRoom ->
          json.put("step", "skipped")
              .put("backend", noRoom.backend())
              .put("why", "no-room")
              .put("of", noRoom.of())
              .put("needs", noRoom.needs())
              .put("left", noRoom.left())
              .put("left-ms", millis(noRoom.until()));
      case Step.Full full ->
          json.put("step", "skipped")
              .put("backend", full.backend())
              .put("why", "no-room")
              .put("of", "throughput")
              .put("percent-in-use", tenths(full.percent()))
              .put("left-ms", millis(full.until()));
      case Step.TooSmall small ->
          json.put("step", "skipped")
              .put("backend", small.backend())
              .put("why", "too-small")
              .put("needs", small.needs())
              .put("context-window", small.window());
      case Step.Spilled spilled ->
          json.put("step", "skipped")
              .put("backend", spilled.backend())
              .put("why", "spilled")
              .put("percent-in-use", tenths(spilled.percent()))
              .put("percent-allowed", tenths(spilled.allowed()));
      case Step.Attempted attempted -> {
        json.put("step", "attempted")
            .put("backend", attempted.backend())
            .put("after-ms", millis(attempted.after()))
            .put("result", attempted.result())
            .put("execution", attempted.execution())
            .put("took-ms", millis(attempted.took()));
        if (attempted.why() != null) {
          json.put("why", attempted.why());
        }
        if (attempted.asked() != null) {
          json.put("wait-ms", millis(attempted.asked()));
        }
        if (attempted.firstToken() != null) {
          json.put("first-token-ms", millis(attempted.firstToken()));
        }
        json.set("tokens", tree(attempted.spent()));
      }
      case Step.Waited waited -> json.put("step", "waited").put("took-ms", millis(waited.length()));
    }
    return json;
  }

  private static ObjectNode tree(Spent spent) {
    ObjectNode json = JSON.objectNode();
    switch (spent) {
      case Spent.Nothing it -> json.put("known", "none");
      case Spent.Pending it -> json.put("known", "pending");
      case Spent.Reported it ->
          json.put("known", "reported")
              .put("prompt", it.usage().prompt())
              .put("completion", it.usage().completion())
              .put("cached", it.usage().cached());
      case Spent.Estimated it ->
          json.put("known", "estimated")
              .put("prompt", it.prompt())
              .put("completion", it.completion());
      case Spent.Unknown it ->
          json.put("known", "unknown")
              .put("prompt-at-most", it.prompt())
              .put("completion-at-most", it.completion());
    }
    return json;
  }

  private static double tenths(double percent) {
    return Math.round(percent * 10) / 10.0;
  }

  private static double millis(Duration duration) {
    long micros = duration.toNanos() / 1000;
    return micros / 1000.0;
  }
}

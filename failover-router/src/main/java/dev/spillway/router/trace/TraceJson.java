package dev.spillway.router.trace;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    json.put("number", trace.number());
    json.put("at", trace.at().toString());
    json.put("caller", trace.caller());
    json.put("method", trace.method());
    json.put("name", trace.name());
    json.put("operation", trace.operation());
    json.put("pool", trace.pool());
    json.put("status", trace.status());
    json.put("backend", trace.backend());
    json.put("attempts", trace.attempts());
    json.put("ending", trace.ending());
    json.put("delivery", trace.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("took-ms", millis(trace.took()));
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
      case Step.Skipped skipped ->
          json.put("step", "skipped")
              .put("backend", skipped.backend())
              .put("why", skipped.why())
              .put("left-ms", millis(skipped.left()));
      case Step.Attempted attempted -> {
        json.put("step", "attempted")
            .put("backend", attempted.backend())
            .put("result", attempted.result())
            .put("execution", attempted.execution())
            .put("took-ms", millis(attempted.took()));
        if (attempted.why() != null) {
          json.put("why", attempted.why());
        }
        if (attempted.asked() != null) {
          json.put("wait-ms", millis(attempted.asked()));
        }
      }
      case Step.Waited waited -> json.put("step", "waited").put("took-ms", millis(waited.length()));
    }
    return json;
  }

  private static double millis(Duration duration) {
    long micros = duration.toNanos() / 1000;
    return micros / 1000.0;
  }
}

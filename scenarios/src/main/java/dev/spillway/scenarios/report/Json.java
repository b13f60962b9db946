package dev.spillway.scenarios.report;

import dev.spillway.control.ControlJson;
import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results for programs: everything that was seen, but for bodies. Moments are milliseconds from the
 * scenario's beginning.
 */
public final class Json {

  private Json() {}

  public static String of(List<ScenarioResult> results) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("passes", results.stream().allMatch(ScenarioResult::passes));
    root.put("scenarios", results.stream().map(Json::result).toList());
    return ControlJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static Map<String, @Nullable Object> result(ScenarioResult result) {
    Scenario scenario = result.scenario();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("scenario", scenario.name());
    json.put("group", scenario.group());
    json.put("file", scenario.file());
    json.put("source", scenario.sources());
    json.put("seed", result.seed());
    json.put("passes", result.passes());
    switch (result) {
      case ScenarioResult.Played played -> {
        json.put("started", played.seen().started().toString());
        json.put("lasted-ms", played.seen().lasted().toMillis());
        json.put("took-ms", played.took().toMillis());
        json.put("expectations", played.verdicts().stream().map(Json::verdict).toList());
        json.put("calls", played.seen().calls().stream().map(Json::call).toList());
        json.put(
            "attempts", played.seen().journal().stream().map(entry -> withoutBody(entry)).toList());
        json.put("samples", played.seen().samples().stream().map(Json::sample).toList());
      }
      case ScenarioResult.Unplayed unplayed -> json.put("unplayed", unplayed.why());
    }
    return json;
  }

  private static Map<String, Object> verdict(ExpectationVerdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", verdict.line());
    json.put("name", verdict.name());
    json.put("selection", verdict.selection());
    json.put("passes", verdict.passes());
    json.put("expected", verdict.expected());
    json.put("seen", verdict.seen());
    json.put("evidence", verdict.evidence());
    return json;
  }

  private static Map<String, @Nullable Object> call(CallRecord call) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", call.id());
    json.put("traffic", call.traffic());
    json.put("caller", call.caller());
    json.put("stream", call.stream());
    List<Object> exchanges = new ArrayList<>();
    call.exchanges().forEach(exchange -> exchanges.add(exchange(exchange)));
    json.put("exchanges", exchanges);
    return json;
  }

  private static Map<String, @Nullable Object> exchange(Exchange exchange) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", exchange.id());
    json.put("sent-ms", millis(exchange.sent()));
    json.put("answered-ms", millis(exchange.answered()));
    json.put("first-content-ms", millis(exchange.firstContent()));
    json.put("ended-ms", millis(exchange.ended()));
    json.put("status", exchange.status());
    json.put("bytes", exchange.bytes());
    json.put("end", exchange.end().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("problem", exchange.problem());
    return json;
  }

  private static @Nullable Double millis(@Nullable Duration time) {
    return time == null ? null : time.toNanos() / 1e6;
  }

  private static Object withoutBody(JournalEntry entry) {
    return ControlJson.mapper().<ObjectNode>valueToTree(entry).without("body");
  }

  private static Map<String, @Nullable Object> sample(BucketSample sample) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at-ms", millis(sample.at()));
    json.put("deployment", sample.deployment().toString());
    json.put("tokens", sample.tokens());
    json.put("requests", sample.requests());
    json.put("utilization", sample.utilization());
    return json;
  }
}

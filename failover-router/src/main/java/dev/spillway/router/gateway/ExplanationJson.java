package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Outlook;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.upstream.Preview;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An explanation for programs. */
public final class ExplanationJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private ExplanationJson() {}

  public static String of(Explanation explanation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (explanation) {
      case Explanation.Answered answered ->
          json.putObject("answered").put("status", answered.status()).put("body", answered.body());
      case Explanation.Routed routed -> add(json, routed);
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private static void add(ObjectNode json, Explanation.Routed routed) {
    json.put("caller", routed.caller());
    json.put("name", routed.name());
    json.put("operation", routed.operation());
    json.put("rule", routed.rule());
    json.put("pool", routed.pool());
    json.put("estimated-tokens", routed.tokens());
    json.put("passed-over", TraceLine.of(routed.outlook().passedOver()));
    ObjectNode next = json.putObject("next");
    switch (routed.outlook().next()) {
      case Outlook.Next.Ask ask -> next.put("ask", ask.backend().name());
      case Outlook.Next.Wait wait -> next.put("wait-ms", wait.length().toMillis());
      case Outlook.Next.Answer answer ->
          next.put("status", answer.status()).put("retry-after-ms", answer.retryAfter().toMillis());
    }
    ArrayNode order = json.putArray("order");
    routed.sent().forEach((name, preview) -> add(order.addObject(), name, preview));
  }

  private static void add(ObjectNode json, String name, Preview preview) {
    json.put("backend", name);
    json.put("method", preview.method());
    json.put("url", preview.url());
    json.put("model", preview.model());
    json.put("body-bytes", preview.bodyBytes());
    ArrayNode headers = json.putArray("headers");
    preview.headers().forEach(headers::add);
  }
}

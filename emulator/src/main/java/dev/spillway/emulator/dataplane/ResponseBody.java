package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.model.Reports;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.schema.SchemaCheck;
import dev.spillway.emulator.schema.StrictRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The object {@code response} as it is right after its creation: what was asked for, said back with
 * the defaults of what was not, and nothing of the answer yet. Its members have the service's
 * order.
 */
final class ResponseBody {

  /** The newest models' default; older ones have 1. */
  private static final double NEWEST_TOP_P = 0.98;

  private final ResponseShape shape;
  private final ResponsesRequest request;
  private final ModelProfile model;
  private final ObjectNode asked;

  private ResponseBody(ResponseShape shape, ResponsesRequest request, ModelProfile model) {
    this.shape = shape;
    this.request = request;
    this.model = model;
    this.asked = request.body();
  }

  static ObjectNode created(
      ResponseShape shape, ResponsesRequest request, ModelProfile model, ResponseIds ids) {
    return new ResponseBody(shape, request, model).write(ids);
  }

  private ObjectNode write(ResponseIds ids) {
    ObjectNode body = ResponseJson.NODES.objectNode();
    body.put("id", ids.response());
    body.put("object", "response");
    body.put("created_at", ids.created().getEpochSecond());
    body.put("status", request.background() ? "queued" : "in_progress");
    body.put("background", request.background());
    since2026(body, "completed_at", ResponseJson.NODES.nullNode());
    body.putNull("content_filters");
    body.putNull("error");
    since2026(body, "frequency_penalty", decimal("frequency_penalty", 0));
    body.putNull("incomplete_details");
    body.set("instructions", given("instructions"));
    body.set("max_output_tokens", given("max_output_tokens"));
    body.set("max_tool_calls", given("max_tool_calls"));
    body.put("model", request.model());
    since2026(body, "moderation", ResponseJson.NODES.nullNode());
    body.putArray("output");
    body.put("parallel_tool_calls", request.conversation().parallelTools());
    since2026(body, "presence_penalty", decimal("presence_penalty", 0));
    body.set("previous_response_id", given("previous_response_id"));
    body.set("prompt_cache_key", given("prompt_cache_key"));
    since2026(body, "prompt_cache_retention", text("prompt_cache_retention", "in_memory"));
    body.set("reasoning", reasoning());
    body.set("safety_identifier", given("safety_identifier"));
    body.set("service_tier", text("service_tier", "auto"));
    body.put("store", request.store());
    body.set("temperature", decimal("temperature", 1));
    body.set("text", textConfig());
    body.set("tool_choice", text("tool_choice", "auto"));
    since2026(body, "tool_usage", toolUsage());
    body.set("tools", tools());
    body.set("top_logprobs", or("top_logprobs", ResponseJson.NODES.numberNode(0)));
    body.set("top_p", decimal("top_p", isNewest() ? NEWEST_TOP_P : 1));
    body.set("truncation", text("truncation", "disabled"));
    body.putNull("usage");
    body.set("user", given("user"));
    body.set("metadata", or("metadata", ResponseJson.NODES.objectNode()));
    return body;
  }

  private void since2026(ObjectNode body, String name, JsonNode value) {
    if (shape.since2026()) {
      body.set(name, value);
    }
  }

  private boolean isNewest() {
    return model.reports() != Reports.NOTHING;
  }

  private JsonNode given(String name) {
    return or(name, ResponseJson.NODES.nullNode());
  }

  private JsonNode or(String name, JsonNode otherwise) {
    JsonNode value = asked.path(name);
    return value.isMissingNode() || value.isNull() ? otherwise : value;
  }

  private JsonNode text(String name, String otherwise) {
    return or(name, ResponseJson.NODES.stringNode(otherwise));
  }

  /** With a point, as the service writes it, even where it is whole. */
  private JsonNode decimal(String name, double otherwise) {
    JsonNode value = asked.path(name);
    return ResponseJson.NODES.numberNode(value.isNumber() ? value.doubleValue() : otherwise);
  }

  private ObjectNode reasoning() {
    boolean reasons = model.modelClass() == ModelClass.REASONING;
    JsonNode given = asked.path("reasoning");
    ObjectNode reasoning = ResponseJson.NODES.objectNode();
    since2026(
        reasoning,
        "context",
        ResponseJson.NODES.stringNode(given.path("context").asString("current_turn")));
    reasoning.put("effort", given.path("effort").asString(reasons ? "medium" : null));
    since2026(reasoning, "mode", ResponseJson.NODES.stringNode("standard"));
    String summary = given.path("summary").asString(null);
    return reasoning.put("summary", "auto".equals(summary) ? "detailed" : summary);
  }

  private ObjectNode textConfig() {
    JsonNode given = asked.path("text");
    ObjectNode text = ResponseJson.NODES.objectNode();
    text.set("format", format(given.path("format")));
    return text.put("verbosity", given.path("verbosity").asString("medium"));
  }

  private static ObjectNode format(JsonNode given) {
    ObjectNode format = ResponseJson.NODES.objectNode();
    format.put("type", given.path("type").asString("text"));
    if (given.has("schema")) {
      format.put("description", given.path("description").asString(null));
      format.set("name", given.path("name"));
      format.set("schema", given.path("schema"));
      format.put("strict", given.path("strict").asBoolean(false));
    }
    return format;
  }

  private ArrayNode tools() {
    ArrayNode tools = ResponseJson.NODES.arrayNode();
    for (JsonNode tool : asked.path("tools")) {
      tools.add(tool.path("type").asString("").equals("function") ? function(tool) : tool);
    }
    return tools;
  }

  private static ObjectNode function(JsonNode given) {
    ObjectNode tool = ResponseJson.NODES.objectNode().put("type", "function");
    tool.put("description", given.path("description").asString(null));
    tool.set("name", given.path("name"));
    JsonNode parameters = given.path("parameters");
    tool.set("parameters", parameters.isObject() ? parameters : ResponseJson.NODES.nullNode());
    return tool.put("strict", given.path("strict").asBoolean(canBeStrict(parameters)));
  }

  /** One that does not say whether it is strict is, where its schema lets it. */
  private static boolean canBeStrict(JsonNode parameters) {
    return !parameters.isObject()
        || SchemaCheck.ofFunction(parameters, true, StrictRules.SINCE_2025).isEmpty();
  }

  private static ObjectNode toolUsage() {
    ObjectNode usage = ResponseJson.NODES.objectNode();
    ObjectNode images = usage.putObject("image_gen");
    images.put("input_tokens", 0);
    images.putObject("input_tokens_details").put("image_tokens", 0).put("text_tokens", 0);
    images.put("output_tokens", 0);
    images.putObject("output_tokens_details").put("image_tokens", 0).put("text_tokens", 0);
    images.put("total_tokens", 0);
    usage.putObject("web_search").put("num_requests", 0);
    return usage;
  }
}

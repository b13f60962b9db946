package dev.spillway.emulator.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of a response that is to be created.
 *
 * <p>Members it does not know are left alone, but for those that a chat completion has in their
 * place.
 */
final class ResponsesRequestReader {

  private static final int LEAST_TOKENS = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What a chat completion calls it, and what it is called here. */
  private static final Map<String, String> MOVED =
      Map.of(
          "messages", "input",
          "functions", "tools",
          "function_call", "tool_choice",
          "max_tokens", "max_output_tokens",
          "max_completion_tokens", "max_output_tokens",
          "reasoning_effort", "reasoning.effort",
          "response_format", "text.format",
          "verbosity", "text.verbosity");

  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
  private static final List<String> SUMMARIES = List.of("concise", "detailed", "auto");
  private static final List<String> VERBOSITIES = List.of("low", "medium", "high");
  private static final List<String> FORMATS = List.of("json_object", "json_schema", "text");
  private static final List<String> TRUNCATIONS = List.of("auto", "disabled");

  private ResponsesRequestReader() {}

  /** Reads a body; its messages' roles are the same in all years that have responses. */
  static ParsedBody read(RequestBody body, Roles roles) {
    try {
      return new ParsedBody.Valid(request(JSON.readTree(body.bytes())));
    } catch (JacksonException e) {
      return new ParsedBody.Refused(
          InvalidRequest.because("We could not parse the JSON body of your request."));
    } catch (MemberReader.Refusal e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  private static ResponsesRequest request(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      throw MemberReader.refused("The body of your request must be a JSON object.", null, null);
    }
    MemberReader body = new MemberReader(object, "");
    String model = body.requiredText("model");
    checkMoved(body);
    checkValues(body);
    String previous = body.text("previous_response_id");
    if (!body.has("input") && previous == null) {
      throw body.missing("input");
    }
    List<ObjectNode> items = InputItems.read(body);
    String instructions = body.text("instructions");
    return new ResponsesRequest(
        model,
        items,
        0,
        instructions,
        previous,
        conversation(body, ResponsesRequest.messages(instructions, items)),
        body.flag("stream", false),
        background(body),
        body.flag("store", true),
        body.object("stream_options").flag("include_obfuscation", true),
        object,
        Parameters.of(object));
  }

  private static void checkMoved(MemberReader body) {
    for (String name : body.object().propertyNames()) {
      String place = MOVED.get(name);
      if (place != null) {
        throw MemberReader.refused(
            "Unsupported parameter: '%s'. In the Responses API, this parameter has moved to '%s'."
                .formatted(name, place),
            name,
            "unsupported_parameter");
      }
    }
  }

  private static void checkValues(MemberReader body) {
    body.checkDecimal("temperature", 0, 2);
    body.checkDecimal("top_p", 0, 1);
    body.checkInteger("max_output_tokens", LEAST_TOKENS);
    body.checkInteger("max_tool_calls", 1);
    body.checkInteger("top_logprobs", 0);
    body.checkOneOf("truncation", TRUNCATIONS);
    body.object("reasoning").checkOneOf("effort", EFFORTS);
    body.object("reasoning").checkOneOf("summary", SUMMARIES);
    body.object("text").checkOneOf("verbosity", VERBOSITIES);
    body.checkObject("metadata");
  }

  /** What nobody could come back for cannot be left to itself. */
  private static boolean background(MemberReader body) {
    boolean background = body.flag("background", false);
    if (background && !body.flag("store", true)) {
      throw MemberReader.refused(
          "Background mode requires 'store' to be true.", "background", "invalid_value");
    }
    return background;
  }

  private static Conversation conversation(MemberReader body, List<ChatMessage> messages) {
    List<Tool> tools = ResponseTools.tools(body);
    return new Conversation(
        messages,
        tools,
        ResponseTools.choice(body, tools),
        body.flag("parallel_tool_calls", true),
        format(body.object("text").object("format")),
        List.of(),
        body.integer("max_output_tokens", LEAST_TOKENS),
        body.object("reasoning").text("effort"),
        null);
  }

  private static ResponseFormat format(MemberReader format) {
    @Nullable String type = format.oneOf("type", FORMATS);
    if (type == null || type.equals("text")) {
      return new ResponseFormat.Text();
    }
    if (type.equals("json_object")) {
      return new ResponseFormat.JsonObject();
    }
    if (!format.has("schema")) {
      throw format.missing("schema");
    }
    return new ResponseFormat.JsonSchema(
        format.requiredText("name"),
        format.object("schema").object(),
        format.flag("strict", false));
  }
}

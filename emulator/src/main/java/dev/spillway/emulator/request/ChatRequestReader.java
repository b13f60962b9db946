package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a chat completion.
 *
 * <p>Members it does not know are left alone, since the service knows more of them every month.
 */
public final class ChatRequestReader {

  private static final int MAX_CHOICES = 128;
  private static final int MAX_STOPS = 4;
  private static final int MAX_TOP_LOGPROBS = 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ChatRequestReader() {}

  /**
   * Reads a body.
   *
   * @param roles those that its messages may have
   */
  public static ParsedBody read(RequestBody body, Roles roles) {
    try {
      return new ParsedBody.Valid(request(JSON.readTree(body.bytes()), roles));
    } catch (JacksonException e) {
      return new ParsedBody.Refused(
          InvalidRequest.because("We could not parse the JSON body of your request."));
    } catch (Refusal e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  private static ChatRequest request(JsonNode body, Roles roles) {
    if (!body.isObject()) {
      throw Refusal.of("The body of your request must be a JSON object.", null);
    }
    Integer choices = Members.positive(body, "n");
    Members.atMost(MAX_CHOICES, choices, "n");
    Integer bestOf = Members.positive(body, "best_of");
    JsonNode streamOptions = body.path("stream_options");
    ToolReader.Tools tools = ToolReader.read(body);
    return new ChatRequest(
        Members.text(body.path("model")),
        conversation(body, tools, roles),
        choices == null ? 1 : choices,
        bestOf == null ? 1 : bestOf,
        Members.flag(body, "stream", false),
        streamOptions.path("include_usage").asBoolean(false),
        streamOptions.path("include_obfuscation").asBoolean(true),
        options(body, tools),
        Parameters.of(body));
  }

  private static Conversation conversation(JsonNode body, ToolReader.Tools tools, Roles roles) {
    Integer completionTokens = Members.positive(body, "max_completion_tokens");
    Integer tokens = Members.positive(body, "max_tokens");
    List<ChatMessage> messages = MessageReader.read(body.path("messages"), roles);
    return new Conversation(
        messages,
        tools.tools(),
        tools.choice(),
        Members.flag(body, "parallel_tool_calls", !tools.functions()),
        FormatReader.read(body.path("response_format"), messages),
        stops(body.path("stop")),
        completionTokens != null ? completionTokens : tokens,
        Members.text(body.path("reasoning_effort")),
        prediction(body.path("prediction")));
  }

  private static List<String> stops(JsonNode stop) {
    if (Members.isAbsent(stop)) {
      return List.of();
    }
    if (stop.isString()) {
      return stop.stringValue().isEmpty() ? List.of() : List.of(stop.stringValue());
    }
    if (!stop.isArray()) {
      throw Refusal.type("stop", "one of a string or an array of strings", Members.kind(stop));
    }
    Members.atMost(MAX_STOPS, stop, "stop");
    List<String> stops = new ArrayList<>();
    for (JsonNode one : stop) {
      if (!one.isString()) {
        throw Refusal.type("stop[" + stops.size() + "]", "a string", Members.kind(one));
      }
      stops.add(one.stringValue());
    }
    return stops.stream().filter(text -> !text.isEmpty()).toList();
  }

  private static ChatOptions options(JsonNode body, ToolReader.Tools tools) {
    boolean logprobs = Members.flag(body, "logprobs", false);
    Integer top = Members.integer(body, "top_logprobs", 0);
    Members.atMost(MAX_TOP_LOGPROBS, top, "top_logprobs");
    return new ChatOptions(logprobs, top == null ? 0 : top, tools.functions());
  }

  private static @Nullable String prediction(JsonNode prediction) {
    if (Members.isAbsent(prediction)) {
      return null;
    }
    if (!prediction.isObject()) {
      throw Refusal.type("prediction", "an object", Members.kind(prediction));
    }
    String type = Members.requiredText(prediction, "type", "prediction");
    if (!type.equals("content")) {
      throw Refusal.value(
          "Invalid value: '%s'. Supported values are: 'content'.".formatted(Members.cut(type)),
          "prediction.type");
    }
    JsonNode content = prediction.path("content");
    if (content.isString()) {
      return content.stringValue();
    }
    if (!content.isArray()) {
      throw Refusal.missing("prediction.content");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }
}

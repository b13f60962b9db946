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

  private static final int MAX_MESSAGES = 2_048;
  private static final int MAX_TOOLS = 128;
  private static final int MAX_CHARACTERS = 1_048_576;
  private static final int MAX_CHOICES = 128;
  private static final int MAX_SHOWN = 100;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Ends the reading of a body with what is wrong with it; never leaves this class. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient InvalidRequest problem;

    Refusal(InvalidRequest problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }
  }

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
      return new ParsedBody.Refused(e.problem);
    }
  }

  private static ChatRequest request(JsonNode body, Roles roles) {
    if (!body.isObject()) {
      throw refused("The body of your request must be a JSON object.", null);
    }
    Integer completionTokens = positive(body, "max_completion_tokens");
    Integer tokens = positive(body, "max_tokens");
    Integer choices = positive(body, "n");
    if (choices != null && choices > MAX_CHOICES) {
      throw refused(choices + " is greater than the maximum of " + MAX_CHOICES + " - 'n'", "n");
    }
    Integer bestOf = positive(body, "best_of");
    atMost(MAX_TOOLS, body.path("tools"), "tools");
    JsonNode streamOptions = body.path("stream_options");
    return new ChatRequest(
        text(body.path("model")),
        Conversation.of(
            messages(body.path("messages"), roles),
            completionTokens != null ? completionTokens : tokens),
        choices == null ? 1 : choices,
        bestOf == null ? 1 : bestOf,
        flag(body, "stream"),
        streamOptions.path("include_usage").asBoolean(false),
        streamOptions.path("include_obfuscation").asBoolean(true),
        Parameters.of(body));
  }

  private static List<ChatMessage> messages(JsonNode messages, Roles roles) {
    if (messages.isMissingNode()) {
      throw refused("'messages' is a required property", null);
    }
    if (!messages.isArray()) {
      throw refused(shown(messages) + " is not of type 'array' - 'messages'", "messages");
    }
    if (messages.isEmpty()) {
      throw refused("[] is too short - 'messages'", "messages");
    }
    atMost(MAX_MESSAGES, messages, "messages");
    List<ChatMessage> read = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      read.add(message(message, read.size(), roles));
    }
    return read;
  }

  private static void atMost(int most, JsonNode array, String member) {
    if (array.isArray() && array.size() > most) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid '%s': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
                  .formatted(member, most, array.size()),
              member,
              "array_above_max_length"));
    }
  }

  private static ChatMessage message(JsonNode message, int index, Roles roles) {
    String at = "messages." + index;
    if (!message.isObject()) {
      throw refused(shown(message) + " is not of type 'object' - '" + at + "'", "messages");
    }
    String role = text(message.path("role"));
    if (role == null) {
      throw refused("'role' is a required property - '" + at + "'", "messages");
    }
    roles
        .check(role, index)
        .ifPresent(problem -> {
          throw new Refusal(problem);
        });
    String content = content(message.path("content"), at);
    if (content.length() > MAX_CHARACTERS) {
      throw tooLong(content.length(), "messages[" + index + "].content");
    }
    return new ChatMessage(role, text(message.path("name")), content);
  }

  private static Refusal tooLong(int length, String param) {
    return new Refusal(
        new InvalidRequest(
            "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                .formatted(param, MAX_CHARACTERS, length),
            param,
            "string_above_max_length"));
  }

  private static String content(JsonNode content, String at) {
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isNull() || content.isMissingNode()) {
      return "";
    }
    if (!content.isArray()) {
      throw refused(
          shown(content) + " is not of type 'string' or 'array' - '" + at + ".content'",
          "messages");
    }
    StringBuilder texts = new StringBuilder();
    for (JsonNode part : content) {
      String text = text(part.path("text"));
      if (text != null) {
        texts.append(text);
      }
    }
    return texts.toString();
  }

  private static @Nullable Integer positive(JsonNode body, String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused(shown(value) + " is not of type 'integer' - '" + member + "'", member);
    }
    if (value.intValue() < 1) {
      throw refused(shown(value) + " is less than the minimum of 1 - '" + member + "'", member);
    }
    return value.intValue();
  }

  private static boolean flag(JsonNode body, String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw refused(shown(value) + " is not of type 'boolean' - '" + member + "'", member);
    }
    return value.booleanValue();
  }

  /** The wrong value, or its beginning. */
  static String shown(JsonNode value) {
    return cut(value.toString());
  }

  static String cut(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static Refusal refused(String message, @Nullable String param) {
    return new Refusal(new InvalidRequest(message, param, null));
  }
}

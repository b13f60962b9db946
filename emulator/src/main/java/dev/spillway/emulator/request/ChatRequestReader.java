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

  public static ParsedChat read(byte[] body) {
    try {
      return new ParsedChat.Valid(request(JSON.readTree(body)));
    } catch (JacksonException e) {
      return new ParsedChat.Refused(
          InvalidRequest.because("We could not parse the JSON body of your request."));
    } catch (Refusal e) {
      return new ParsedChat.Refused(e.problem);
    }
  }

  private static ChatRequest request(JsonNode body) {
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
    JsonNode streamOptions = body.path("stream_options");
    return new ChatRequest(
        text(body.path("model")),
        messages(body.path("messages")),
        completionTokens != null ? completionTokens : tokens,
        choices == null ? 1 : choices,
        bestOf == null ? 1 : bestOf,
        flag(body, "stream"),
        streamOptions.path("include_usage").asBoolean(false),
        streamOptions.path("include_obfuscation").asBoolean(true));
  }

  private static List<ChatMessage> messages(JsonNode messages) {
    if (messages.isMissingNode()) {
      throw refused("'messages' is a required property", null);
    }
    if (!messages.isArray()) {
      throw refused(shown(messages) + " is not of type 'array' - 'messages'", "messages");
    }
    if (messages.isEmpty()) {
      throw refused("[] is too short - 'messages'", "messages");
    }
    if (messages.size() > MAX_MESSAGES) {
      throw refused("The list of messages is longer than " + MAX_MESSAGES + ".", "messages");
    }
    List<ChatMessage> read = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      read.add(message(message, "messages." + read.size()));
    }
    return read;
  }

  private static ChatMessage message(JsonNode message, String at) {
    if (!message.isObject()) {
      throw refused(shown(message) + " is not of type 'object' - '" + at + "'", "messages");
    }
    String role = text(message.path("role"));
    if (role == null) {
      throw refused("'role' is a required property - '" + at + "'", "messages");
    }
    return new ChatMessage(role, text(message.path("name")), content(message.path("content"), at));
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
  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static Refusal refused(String message, @Nullable String param) {
    return new Refusal(new InvalidRequest(message, param, null));
  }
}

package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a chat. */
final class MessageReader {

  private static final int MAX_MESSAGES = 2_048;
  private static final int MAX_IMAGES = 50;

  private MessageReader() {}

  static List<ChatMessage> read(JsonNode messages, Roles roles) {
    if (messages.isMissingNode()) {
      throw Refusal.of("'messages' is a required property", null);
    }
    if (!messages.isArray()) {
      throw Refusal.of(
          Members.shown(messages) + " is not of type 'array' - 'messages'", "messages");
    }
    if (messages.isEmpty()) {
      throw Refusal.of("[] is too short - 'messages'", "messages");
    }
    Members.atMost(MAX_MESSAGES, messages, "messages");
    List<ChatMessage> read = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      read.add(message(message, read.size(), roles));
    }
    countImages(read);
    ToolTurns.check(read);
    return read;
  }

  private static ChatMessage message(JsonNode message, int index, Roles roles) {
    String at = "messages." + index;
    if (!message.isObject()) {
      throw Refusal.of(
          Members.shown(message) + " is not of type 'object' - '" + at + "'", "messages");
    }
    String role = Members.text(message.path("role"));
    if (role == null) {
      throw Refusal.of("'role' is a required property - '" + at + "'", "messages");
    }
    roles
        .check(role, index)
        .ifPresent(problem -> {
          throw new Refusal(problem);
        });
    List<ContentPart> content = ContentReader.read(message.path("content"), index);
    return new ChatMessage(
        role,
        Members.text(message.path("name")),
        content,
        calls(message, index),
        Members.text(message.path("tool_call_id")));
  }

  /** Those of today, or the one of before there were tools. */
  private static List<ToolCall> calls(JsonNode message, int index) {
    JsonNode function = message.path("function_call");
    if (function.isObject()) {
      return List.of(call("", function, "messages[" + index + "].function_call"));
    }
    JsonNode calls = message.path("tool_calls");
    String param = "messages[" + index + "].tool_calls";
    if (Members.isAbsent(calls)) {
      return List.of();
    }
    if (!calls.isArray()) {
      throw Refusal.type(param, "an array of objects", Members.kind(calls));
    }
    List<ToolCall> read = new ArrayList<>();
    for (JsonNode call : calls) {
      String at = param + "[" + read.size() + "]";
      String id = Members.requiredText(call, "id", at);
      read.add(call(id, call.path("function"), at + ".function"));
    }
    return read;
  }

  private static ToolCall call(String id, JsonNode function, String at) {
    if (!function.isObject()) {
      throw Refusal.missing(at);
    }
    return new ToolCall(
        id,
        Members.requiredText(function, "name", at),
        Members.requiredText(function, "arguments", at));
  }

  private static void countImages(List<ChatMessage> messages) {
    long images =
        messages.stream()
            .flatMap(message -> message.content().stream())
            .filter(ContentPart.Image.class::isInstance)
            .count();
    if (images > MAX_IMAGES) {
      throw Refusal.value("Too many images in request. Max is " + MAX_IMAGES + ".", "messages");
    }
  }
}

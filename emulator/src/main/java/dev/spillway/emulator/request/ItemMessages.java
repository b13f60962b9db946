package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the items of a response's input say, as messages.
 *
 * <p>Calls of functions are the assistant's, those that follow each other in one message. Reasoning
 * and what the service's own tools did say nothing to the model here.
 */
final class ItemMessages {

  private ItemMessages() {}

  static List<ChatMessage> of(List<ObjectNode> items) {
    List<ChatMessage> messages = new ArrayList<>();
    List<ToolCall> calls = new ArrayList<>();
    for (ObjectNode item : items) {
      String type = item.path("type").asString("");
      if (type.equals("function_call")) {
        calls.add(call(item));
        continue;
      }
      flush(calls, messages);
      switch (type) {
        case "message" -> messages.add(message(item));
        case "function_call_output", "custom_tool_call_output" -> messages.add(output(item));
        default -> {}
      }
    }
    flush(calls, messages);
    return messages;
  }

  private static void flush(List<ToolCall> calls, List<ChatMessage> messages) {
    if (!calls.isEmpty()) {
      messages.add(new ChatMessage("assistant", null, List.of(), List.copyOf(calls), null));
      calls.clear();
    }
  }

  private static ToolCall call(ObjectNode item) {
    return new ToolCall(
        item.path("call_id").asString(""),
        item.path("name").asString(""),
        item.path("arguments").asString(""));
  }

  private static ChatMessage message(ObjectNode item) {
    return new ChatMessage(
        item.path("role").asString(""), null, parts(item.path("content")), List.of(), null);
  }

  private static ChatMessage output(ObjectNode item) {
    return new ChatMessage(
        "tool", null, parts(item.path("output")), List.of(), item.path("call_id").asString(""));
  }

  private static List<ContentPart> parts(JsonNode content) {
    if (content.isString()) {
      return List.of(new ContentPart.Text(content.stringValue()));
    }
    List<ContentPart> parts = new ArrayList<>();
    for (JsonNode part : content) {
      ContentPart read = part(part);
      if (read != null) {
        parts.add(read);
      }
    }
    return parts;
  }

  private static @Nullable ContentPart part(JsonNode part) {
    return switch (part.path("type").asString("")) {
      case "input_text", "output_text" -> new ContentPart.Text(part.path("text").asString(""));
      case "refusal" -> new ContentPart.Text(part.path("refusal").asString(""));
      case "input_image" ->
          new ContentPart.Image(part.path("image_url").asString(""), text(part, "detail"));
      case "input_audio" ->
          new ContentPart.Audio(
              part.at("/input_audio/data").asString(""),
              part.at("/input_audio/format").asString(""));
      case "input_file" ->
          new ContentPart.File(
              text(part, "file_id"), text(part, "filename"), text(part, "file_data"));
      default -> null;
    };
  }

  private static @Nullable String text(JsonNode part, String member) {
    JsonNode value = part.path(member);
    return value.isString() ? value.stringValue() : null;
  }
}

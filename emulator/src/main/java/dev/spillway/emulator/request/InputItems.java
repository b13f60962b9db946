package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code input}, a text or a list of items, into items as the service keeps them. */
final class InputItems {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_CHARACTERS = 10_485_760;

  private static final List<String> ROLES = List.of("assistant", "system", "developer", "user");
  private static final List<String> PARTS =
      List.of(
          "input_text",
          "input_image",
          "output_text",
          "refusal",
          "input_file",
          "input_audio",
          "computer_screenshot",
          "summary_text");

  /** Those that are read, and those that are only kept. */
  private static final List<String> TYPES =
      List.of(
          "message",
          "function_call",
          "function_call_output",
          "reasoning",
          "item_reference",
          "compaction",
          "custom_tool_call",
          "custom_tool_call_output",
          "file_search_call",
          "web_search_call",
          "computer_call",
          "computer_call_output",
          "image_generation_call",
          "code_interpreter_call",
          "local_shell_call",
          "local_shell_call_output",
          "shell_call",
          "shell_call_output",
          "apply_patch_call",
          "apply_patch_call_output",
          "mcp_list_tools",
          "mcp_approval_request",
          "mcp_approval_response",
          "mcp_call");

  private InputItems() {}

  static List<ObjectNode> read(MemberReader body) {
    JsonNode input = body.node("input");
    if (input.isString()) {
      checkLength(input.stringValue(), "input");
      return List.of(message("user", NODES.arrayNode().add(text("input_text", input))));
    }
    if (!input.isMissingNode() && !input.isArray()) {
      throw body.wrongType("input", "one of a string or array of input items", input);
    }
    return body.objects("input").stream().map(InputItems::item).toList();
  }

  private static ObjectNode item(MemberReader item) {
    if (!item.has("type") && item.has("role")) {
      return message(item);
    }
    return switch (item.requiredOneOf("type", TYPES)) {
      case "message" -> message(item);
      case "function_call" -> with(item, "call_id", "name", "arguments");
      case "function_call_output" -> output(item);
      case "item_reference" -> with(item, "id");
      default -> (ObjectNode) item.object();
    };
  }

  /** The item as it came, when it has these texts. */
  private static ObjectNode with(MemberReader item, String... texts) {
    for (String text : texts) {
      checkLength(item.requiredText(text), item.path(text));
    }
    return (ObjectNode) item.object();
  }

  private static ObjectNode output(MemberReader item) {
    JsonNode output = item.node("output");
    if (output.isMissingNode()) {
      throw item.missing("output");
    }
    if (!output.isString()) {
      var unused = parts(item, "output");
    }
    return with(item, "call_id");
  }

  private static ObjectNode message(MemberReader item) {
    String role = item.requiredOneOf("role", ROLES);
    JsonNode content = item.node("content");
    if (content.isMissingNode()) {
      throw item.missing("content");
    }
    ObjectNode message =
        message(role, content.isString() ? said(role, item) : parts(item, "content"));
    if (item.has("id")) {
      message.set("id", item.node("id"));
    }
    return message;
  }

  private static ArrayNode said(String role, MemberReader item) {
    JsonNode content = item.node("content");
    checkLength(content.stringValue(), item.path("content"));
    ObjectNode part = text(role.equals("assistant") ? "output_text" : "input_text", content);
    return NODES.arrayNode().add(part);
  }

  private static ArrayNode parts(MemberReader item, String member) {
    List<ObjectNode> parts = new ArrayList<>();
    for (MemberReader part : item.objects(member)) {
      parts.add(part(part));
    }
    return NODES.arrayNode().addAll(parts);
  }

  private static ObjectNode part(MemberReader part) {
    String type = part.requiredOneOf("type", PARTS);
    return switch (type) {
      case "input_text", "output_text" -> {
        checkLength(part.requiredText("text"), part.path("text"));
        yield text(type, part.node("text"));
      }
      case "refusal" -> with(part, "refusal");
      default -> (ObjectNode) part.object();
    };
  }

  private static ObjectNode message(String role, ArrayNode content) {
    ObjectNode message = NODES.objectNode();
    message.put("type", "message");
    message.put("status", "completed");
    message.set("content", content);
    message.put("role", role);
    return message;
  }

  private static ObjectNode text(String type, JsonNode text) {
    ObjectNode part = NODES.objectNode().put("type", type);
    if (type.equals("output_text")) {
      part.set("annotations", NODES.arrayNode());
      part.set("logprobs", NODES.arrayNode());
    }
    part.set("text", text);
    return part;
  }

  private static void checkLength(String text, String path) {
    if (text.length() > MAX_CHARACTERS) {
      throw MemberReader.refused(
          "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
              .formatted(path, MAX_CHARACTERS, text.length()),
          path,
          "string_above_max_length");
    }
  }
}

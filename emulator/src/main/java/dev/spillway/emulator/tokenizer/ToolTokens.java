package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the definitions of tools add to a prompt: the tokens of a namespace in TypeScript, which is
 * how models see them, and {@value #FRAME} more.
 *
 * <p>Where there is a system message it takes the definitions in, which saves {@value #SAVED}.
 */
final class ToolTokens {

  private static final int FRAME = 9;
  private static final int SAVED = 4;

  private ToolTokens() {}

  static int count(Conversation conversation, Tokenizer tokenizer) {
    if (conversation.tools().isEmpty()) {
      return 0;
    }
    boolean system =
        conversation.messages().stream()
            .anyMatch(message -> List.of("system", "developer").contains(message.role()));
    return tokenizer.count(text(conversation.tools())) + FRAME - (system ? SAVED : 0);
  }

  static String text(List<Tool> tools) {
    return tools.stream()
        .map(ToolTokens::function)
        .collect(
            Collectors.joining(
                "\n\n",
                "# Tools\n\n## functions\n\nnamespace functions {\n\n",
                "\n\n} // namespace functions"));
  }

  private static String function(Tool tool) {
    String description = tool.description();
    String comment = description == null || description.isEmpty() ? "" : "// " + description + "\n";
    boolean parameters = !tool.parameters().path("properties").isEmpty();
    return comment
        + "type "
        + tool.name()
        + " = ("
        + (parameters ? "_: {\n" + members(tool.parameters(), "") + "\n}" : "")
        + ") => any;";
  }

  private static String members(JsonNode object, String indent) {
    List<String> required =
        object.path("required").valueStream().map(name -> name.asString("")).toList();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.path("properties").properties()) {
      String description = member.getValue().path("description").asString("");
      if (!description.isEmpty()) {
        lines.add(indent + "// " + description);
      }
      String optional = required.contains(member.getKey()) ? "" : "?";
      lines.add(indent + member.getKey() + optional + ": " + type(member.getValue(), indent) + ",");
    }
    return String.join("\n", lines);
  }

  private static String type(JsonNode schema, String indent) {
    if (schema.path("enum").isArray()) {
      return union(schema.path("enum").valueStream().map(JsonNode::toString).toList());
    }
    if (schema.path("anyOf").isArray()) {
      return union(schema.path("anyOf").valueStream().map(one -> type(one, indent)).toList());
    }
    JsonNode type = schema.path("type");
    return type.isArray()
        ? union(type.valueStream().map(one -> named(one.asString(""), schema, indent)).toList())
        : named(type.asString(""), schema, indent);
  }

  private static String union(List<String> types) {
    return String.join(" | ", types);
  }

  private static String named(String type, JsonNode schema, String indent) {
    return switch (type) {
      case "string", "boolean", "null" -> type;
      case "number", "integer" -> "number";
      case "array" -> schema.has("items") ? type(schema.path("items"), indent) + "[]" : "any[]";
      case "object" ->
          schema.path("properties").isEmpty()
              ? "object"
              : "{\n" + members(schema, indent + "  ") + "\n" + indent + "}";
      default -> "any";
    };
  }
}

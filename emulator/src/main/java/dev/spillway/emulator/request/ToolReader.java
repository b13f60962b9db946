package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads which tools a model may call; {@code functions} are what they were called before. */
final class ToolReader {

  static final String NAME = "^[a-zA-Z0-9_-]+$";

  private static final int MAX_TOOLS = 128;
  private static final int LONGEST_NAME = 64;
  private static final Pattern NAMES = Pattern.compile(NAME);

  /** Tools, with what is to be done with them. */
  record Tools(List<Tool> tools, ToolChoice choice, boolean functions) {}

  private ToolReader() {}

  static Tools read(JsonNode body) {
    if (!Members.isAbsent(body.path("functions"))) {
      List<Tool> functions = all(body.path("functions"), "functions", "");
      return new Tools(
          functions, ToolChoiceReader.ofFunctions(body.path("function_call"), functions), true);
    }
    List<Tool> tools =
        Members.isAbsent(body.path("tools"))
            ? List.of()
            : all(body.path("tools"), "tools", ".function");
    if (!Members.isAbsent(body.path("function_call"))) {
      throw Refusal.of(
          "Invalid value for 'function_call': 'function_call' is only allowed when 'functions' are"
              + " specified.",
          "function_call");
    }
    return new Tools(tools, ToolChoiceReader.of(body.path("tool_choice"), tools), false);
  }

  private static List<Tool> all(JsonNode array, String member, String inside) {
    if (!array.isArray()) {
      throw Refusal.type(member, "an array of objects", Members.kind(array));
    }
    if (array.isEmpty()) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid '%s': empty array. Expected an array with minimum length 1, but got an empty array instead."
                  .formatted(member),
              member,
              "empty_array"));
    }
    Members.atMost(MAX_TOOLS, array, member);
    List<Tool> tools = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      String at = member + "[" + tools.size() + "]";
      Tool tool = tool(inside.isEmpty() ? node : function(node, at), at + inside);
      if (tools.stream().anyMatch(other -> other.name().equals(tool.name()))) {
        throw Refusal.value(
            "Invalid '%s': tool names must be unique, but '%s' is there twice."
                .formatted(at + inside + ".name", tool.name()),
            at + inside + ".name");
      }
      tools.add(tool);
    }
    return tools;
  }

  private static JsonNode function(JsonNode tool, String at) {
    if (!tool.isObject()) {
      throw Refusal.type(at, "an object", Members.kind(tool));
    }
    String type = Members.requiredText(tool, "type", at);
    if (!type.equals("function")) {
      throw Refusal.value(
          "Invalid value: '%s'. Supported values are: 'function'.".formatted(Members.cut(type)),
          at + ".type");
    }
    if (Members.isAbsent(tool.path("function"))) {
      throw Refusal.missing(at + ".function");
    }
    return tool.path("function");
  }

  private static Tool tool(JsonNode function, String at) {
    if (!function.isObject()) {
      throw Refusal.type(at, "an object", Members.kind(function));
    }
    String name = Members.requiredText(function, "name", at);
    named(name, at + ".name", LONGEST_NAME);
    return new Tool(
        name,
        Members.text(function.path("description")),
        function.path("parameters"),
        Members.flag(function, "strict", false));
  }

  static void named(String name, String param, int longest) {
    if (!NAMES.matcher(name).matches()) {
      throw Refusal.value(
          "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '%s'."
              .formatted(param, NAME),
          param);
    }
    if (name.length() > longest) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                  .formatted(param, longest, name.length()),
              param,
              "string_above_max_length"));
    }
  }
}

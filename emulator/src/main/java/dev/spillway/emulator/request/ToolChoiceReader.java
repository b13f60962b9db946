package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads whether a model has to call tools, and which. */
final class ToolChoiceReader {

  private ToolChoiceReader() {}

  /** Reads {@code tool_choice}. */
  static ToolChoice of(JsonNode choice, List<Tool> tools) {
    if (Members.isAbsent(choice)) {
      return new ToolChoice.Auto();
    }
    if (tools.isEmpty()) {
      throw Refusal.of(
          "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are"
              + " specified.",
          "tool_choice");
    }
    if (choice.isString()) {
      return word(choice.stringValue(), "tool_choice");
    }
    if (!choice.isObject()) {
      throw Refusal.type("tool_choice", "one of a string or an object", Members.kind(choice));
    }
    String type = Members.requiredText(choice, "type", "tool_choice");
    return switch (type) {
      case "function" -> named(choice.path("function"), "tool_choice.function", "tools", tools);
      case "allowed_tools" -> allowed(choice.path("allowed_tools"), tools);
      default ->
          throw Refusal.value(
              "Invalid value: '%s'. Supported values are: 'function' and 'allowed_tools'."
                  .formatted(Members.cut(type)),
              "tool_choice.type");
    };
  }

  private static ToolChoice word(String word, String param) {
    return switch (word) {
      case "none" -> new ToolChoice.None();
      case "auto" -> new ToolChoice.Auto();
      case "required" -> new ToolChoice.Required();
      default ->
          throw Refusal.value(
              "Invalid value: '%s'. Supported values are: 'none', 'auto', and 'required'."
                  .formatted(Members.cut(word)),
              param);
    };
  }

  private static ToolChoice named(JsonNode function, String at, String in, List<Tool> tools) {
    if (!function.isObject()) {
      throw Refusal.missing(at);
    }
    return known(Members.requiredText(function, "name", at), at, in, tools);
  }

  private static ToolChoice.Named known(String name, String at, String in, List<Tool> tools) {
    if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
      String member = at.substring(0, at.indexOf('.') < 0 ? at.length() : at.indexOf('.'));
      throw Refusal.of(
          "Invalid value for '%s': no function named '%s' was specified in the '%s' parameter."
              .formatted(member, Members.cut(name), in),
          member);
    }
    return new ToolChoice.Named(name);
  }

  private static ToolChoice allowed(JsonNode allowed, List<Tool> tools) {
    String at = "tool_choice.allowed_tools";
    if (!allowed.isObject()) {
      throw Refusal.missing(at);
    }
    ToolChoice mode = word(Members.requiredText(allowed, "mode", at), at + ".mode");
    JsonNode list = allowed.path("tools");
    if (!list.isArray() || list.isEmpty()) {
      throw Refusal.missing(at + ".tools");
    }
    List<String> names = new ArrayList<>();
    for (JsonNode tool : list) {
      String place = at + ".tools[" + names.size() + "].function";
      if (!tool.path("function").isObject()) {
        throw Refusal.missing(place);
      }
      String name = Members.requiredText(tool.path("function"), "name", place);
      names.add(known(name, at, "tools", tools).tool());
    }
    return new ToolChoice.Allowed(names, mode instanceof ToolChoice.Required);
  }

  /** Reads {@code function_call}. */
  static ToolChoice ofFunctions(JsonNode choice, List<Tool> functions) {
    if (Members.isAbsent(choice)) {
      return new ToolChoice.Auto();
    }
    if (choice.isObject()) {
      String name = Members.requiredText(choice, "name", "function_call");
      return known(name, "function_call", "functions", functions);
    }
    String word = Members.text(choice);
    if (word == null || word.equals("required")) {
      throw Refusal.of(
          Members.shown(choice) + " is not one of ['none', 'auto'] - 'function_call'",
          "function_call");
    }
    return word(word, "function_call");
  }
}

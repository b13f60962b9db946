package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code tools} and {@code tool_choice} of a response.
 *
 * <p>Only functions are called. The service's own tools are taken and said back, and no model here
 * uses them.
 */
final class ResponseTools {

  private static final int MAX_TOOLS = 128;
  private static final List<String> TYPES =
      List.of(
          "function",
          "custom",
          "file_search",
          "web_search",
          "web_search_2025_08_26",
          "web_search_preview",
          "web_search_preview_2025_03_11",
          "computer",
          "computer_use_preview",
          "code_interpreter",
          "image_generation",
          "mcp",
          "local_shell",
          "shell",
          "apply_patch",
          "namespace",
          "tool_search");
  private static final List<String> CHOICES = List.of("none", "auto", "required");

  private ResponseTools() {}

  static List<Tool> tools(MemberReader body) {
    List<MemberReader> all = body.objects("tools");
    if (all.size() > MAX_TOOLS) {
      throw MemberReader.refused(
          "Invalid 'tools': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
              .formatted(MAX_TOOLS, all.size()),
          "tools",
          "array_above_max_length");
    }
    List<Tool> functions = new ArrayList<>();
    for (MemberReader tool : all) {
      if (tool.requiredOneOf("type", TYPES).equals("function")) {
        functions.add(function(tool));
      }
    }
    return functions;
  }

  /** Only one that says that it is strict has to have a schema that can be kept to. */
  private static Tool function(MemberReader tool) {
    return new Tool(
        tool.requiredText("name"),
        tool.text("description"),
        tool.object("parameters").object(),
        tool.flag("strict", false));
  }

  static ToolChoice choice(MemberReader body, List<Tool> tools) {
    JsonNode choice = body.node("tool_choice");
    if (choice.isMissingNode()) {
      return new ToolChoice.Auto();
    }
    return choice.isString()
        ? mode(choice.stringValue(), "tool_choice")
        : chosen(body.object("tool_choice"), tools);
  }

  private static ToolChoice mode(String mode, String path) {
    return switch (mode) {
      case "none" -> new ToolChoice.None();
      case "auto" -> new ToolChoice.Auto();
      case "required" -> new ToolChoice.Required();
      default -> throw MemberReader.notOneOf(mode, path, CHOICES);
    };
  }

  private static ToolChoice chosen(MemberReader choice, List<Tool> tools) {
    return switch (choice.requiredText("type")) {
      case "function" -> named(choice, tools);
      case "allowed_tools" -> mode(choice.requiredText("mode"), choice.path("mode"));
      default -> new ToolChoice.Auto();
    };
  }

  private static ToolChoice named(MemberReader choice, List<Tool> tools) {
    String name = choice.requiredText("name");
    if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
      throw MemberReader.refused(
          "Tool choice '" + name + "' not found in 'tools' parameter.", "tool_choice", null);
    }
    return new ToolChoice.Named(name);
  }
}

package dev.spillway.emulator.generation;

import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.Tool;
import dev.spillway.emulator.request.ToolChoice;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which tools a model calls.
 *
 * <p>Where it may choose, it calls when the last message is the user's, and answers in words when
 * it is anything else, such as a tool's result. Then it calls the tools that the message mentions
 * by their name or a telling word of it; where it may call one only, the first of these. When none
 * is mentioned it calls the tool whose description shares most words with the message, the first of
 * equals.
 */
final class ToolPick {

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[a-z])(?=[A-Z])");
  private static final int SHORTEST = 3;

  /** Words of names that say what is done, but not with what. */
  private static final Set<String> VERBS =
      Set.of(
          "get",
          "set",
          "list",
          "find",
          "search",
          "create",
          "update",
          "delete",
          "fetch",
          "make",
          "call",
          "tool",
          "function",
          "data",
          "info",
          "the",
          "for",
          "and",
          "with",
          "from",
          "this",
          "that",
          "what",
          "you",
          "are",
          "all",
          "current",
          "new",
          "run",
          "use",
          "send",
          "show");

  private ToolPick() {}

  /** None when it answers in words. */
  static List<Tool> of(Conversation conversation) {
    List<Tool> tools = conversation.tools();
    if (tools.isEmpty()) {
      return List.of();
    }
    return switch (conversation.toolChoice()) {
      case ToolChoice.None none -> List.of();
      case ToolChoice.Auto auto -> chosen(conversation, tools, false);
      case ToolChoice.Required required -> chosen(conversation, tools, true);
      case ToolChoice.Named named -> only(tools, List.of(named.tool()));
      case ToolChoice.Allowed allowed ->
          chosen(conversation, only(tools, allowed.tools()), allowed.required());
    };
  }

  private static List<Tool> only(List<Tool> tools, List<String> names) {
    return tools.stream().filter(tool -> names.contains(tool.name())).toList();
  }

  private static List<Tool> chosen(Conversation conversation, List<Tool> tools, boolean required) {
    List<ChatMessage> messages = conversation.messages();
    boolean asked = !messages.isEmpty() && messages.getLast().role().equals("user");
    if (!required && !asked) {
      return List.of();
    }
    String question = lastOfUser(conversation);
    Set<String> words = words(question);
    List<Tool> mentioned = tools.stream().filter(tool -> mentions(question, words, tool)).toList();
    if (mentioned.isEmpty()) {
      return List.of(closest(tools, words));
    }
    return conversation.parallelTools() ? mentioned : List.of(mentioned.getFirst());
  }

  /** The text of the last message that is the user's; empty when there is none. */
  static String lastOfUser(Conversation conversation) {
    return conversation.messages().reversed().stream()
        .filter(message -> message.role().equals("user"))
        .findFirst()
        .map(ChatMessage::text)
        .orElse("");
  }

  private static boolean mentions(String question, Set<String> words, Tool tool) {
    return question.contains(tool.name()) || shared(words, tool.name()) > 0;
  }

  private static Tool closest(List<Tool> tools, Set<String> words) {
    return tools.stream()
        .max(
            Comparator.<Tool>comparingLong(tool -> shared(words, describing(tool)))
                .thenComparingInt(tool -> -tools.indexOf(tool)))
        .orElseThrow();
  }

  private static String describing(Tool tool) {
    String description = tool.description();
    return description == null ? "" : description;
  }

  private static long shared(Set<String> words, String text) {
    return words(text).stream().filter(words::contains).count();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    BETWEEN
        .splitAsStream(text)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() >= SHORTEST && !VERBS.contains(word))
        .forEach(words::add);
    return words;
  }
}

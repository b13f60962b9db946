package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the results of tools in a conversation belong to calls, and every call has its result.
 */
final class ToolTurns {

  private final List<String> open = new ArrayList<>();
  private final List<String> called = new ArrayList<>();

  private ToolTurns() {}

  static void check(List<ChatMessage> messages) {
    ToolTurns turns = new ToolTurns();
    for (int i = 0; i < messages.size(); i++) {
      turns.next(messages.get(i), i);
    }
    turns.nothingOpen(messages.size());
  }

  private void next(ChatMessage message, int index) {
    if (message.role().equals("tool")) {
      result(message, index);
      return;
    }
    nothingOpen(index);
    called.clear();
    message.toolCalls().stream().map(ToolCall::id).filter(id -> !id.isEmpty()).forEach(called::add);
    open.addAll(called);
  }

  private void result(ChatMessage message, int index) {
    if (called.isEmpty()) {
      throw Refusal.of(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message"
              + " with 'tool_calls'.",
          "messages.[" + index + "].role");
    }
    String id = message.toolCallId();
    if (id == null) {
      throw Refusal.of(
          "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.",
          "messages.[" + index + "].tool_call_id");
    }
    if (!called.contains(id)) {
      throw Refusal.of(
          "Invalid parameter: 'tool_call_id' of '%s' not found in 'tool_calls' of previous message."
              .formatted(Members.cut(id)),
          "messages.[" + index + "].tool_call_id");
    }
    open.remove(id);
  }

  /** At the place of a message that is no result any more. */
  private void nothingOpen(int index) {
    if (!open.isEmpty()) {
      throw Refusal.of(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + open.stream().map(Members::cut).collect(Collectors.joining(", ")),
          "messages.[" + index + "].role");
    }
  }
}

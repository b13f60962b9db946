package dev.spillway.emulator.stub;

import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.RequestAsSent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request as stubs look at it.
 *
 * @param model the deployment's
 * @param operation its path, such as {@code chat/completions}
 */
public record Asked(
    String resource,
    String deployment,
    String model,
    String operation,
    boolean stream,
    Conversation conversation,
    RequestAsSent sent) {

  private static final Set<String> SYSTEM = Set.of("system", "developer");
  private static final Set<String> TOOLS = Set.of("tool", "function");

  static boolean isSystem(ChatMessage message) {
    return SYSTEM.contains(message.role());
  }

  static boolean isResult(ChatMessage message) {
    return TOOLS.contains(message.role());
  }

  static boolean isAssistant(ChatMessage message) {
    return message.role().equals("assistant");
  }

  List<ChatMessage> messages() {
    return conversation.messages();
  }

  /** What was said last, by whomever but the system. */
  Optional<ChatMessage> newest() {
    return messages().reversed().stream().filter(message -> !isSystem(message)).findFirst();
  }

  /** What the user has said last, with whatever after it. */
  Optional<ChatMessage> lastOfUser() {
    return messages().reversed().stream()
        .filter(message -> message.role().equals("user"))
        .findFirst();
  }

  /** The results of tools that were said last. */
  List<ChatMessage> results() {
    List<ChatMessage> results = new ArrayList<>();
    for (ChatMessage message : messages().reversed()) {
      if (isResult(message)) {
        results.addFirst(message);
      } else if (!isSystem(message)) {
        break;
      }
    }
    return results;
  }

  /** The tool whose result a message is, as the assistant's message before it called it. */
  Optional<String> toolOf(ChatMessage result) {
    return messages().stream()
        .flatMap(message -> message.toolCalls().stream())
        .filter(call -> call.id().equals(result.toolCallId()))
        .findFirst()
        .map(call -> call.name())
        .or(() -> Optional.ofNullable(result.name()));
  }

  /** Which answer of the conversation it asks for, from 1 up. */
  int turn() {
    return ends().size();
  }

  /** The conversation as it was at each turn, this one last. */
  List<Asked> turns() {
    return ends().stream().map(this::upTo).toList();
  }

  /** How many messages there were at each turn: up to every answer, and all of them. */
  private List<Integer> ends() {
    List<Integer> ends = new ArrayList<>();
    List<ChatMessage> messages = messages();
    for (int i = 0; i < messages.size(); i++) {
      if (isAssistant(messages.get(i)) && (i == 0 || !isAssistant(messages.get(i - 1)))) {
        ends.add(i);
      }
    }
    ends.add(messages.size());
    return ends;
  }

  private Asked upTo(int messages) {
    Conversation then = conversation.withFirst(messages);
    return new Asked(resource, deployment, model, operation, stream, then, sent);
  }
}

package dev.spillway.emulator.generation;

import dev.spillway.emulator.generation.Dictation.Words;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Says what was said last: the results of tools, where they came last, or else the user's words.
 */
public final class Echo implements Generator {

  private static final Set<String> TOOLS = Set.of("tool", "function");

  private final Dictation dictation;

  public Echo(Dictation dictation) {
    this.dictation = dictation;
  }

  @Override
  public Draft write(Conversation conversation, ModelProfile model, RandomGenerator random) {
    return dictation.draft(Words.text(last(conversation.messages())), conversation, model);
  }

  private static String last(List<ChatMessage> messages) {
    int end = messages.size();
    int start = end;
    while (start > 0 && TOOLS.contains(messages.get(start - 1).role())) {
      start--;
    }
    return start == end ? users(messages) : text(messages.subList(start, end));
  }

  private static String users(List<ChatMessage> messages) {
    return messages.reversed().stream()
        .filter(message -> message.role().equals("user"))
        .findFirst()
        .map(ChatMessage::text)
        .orElse("");
  }

  private static String text(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).collect(Collectors.joining("\n"));
  }
}

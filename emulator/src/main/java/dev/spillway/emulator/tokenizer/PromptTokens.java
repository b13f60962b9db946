package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import java.util.List;
import java.util.Objects;

/**
 * Tokens a prompt is billed with.
 *
 * <p>Chat: the sum over messages of 3 + role + content, and name + 1 where there is one; then 3.
 * Reasoning (harmony format): the sum of content + 4, or + 6 for an assistant's message; then 2.
 * Both are exact for every capture that was checked.
 */
public final class PromptTokens {

  private PromptTokens() {}

  public static int count(Conversation conversation, ModelClass modelClass, Tokenizer tokenizer) {
    return tail(modelClass)
        + conversation.messages().stream()
            .mapToInt(
                message -> frame(message, modelClass, tokenizer) + tokenizer.count(message.text()))
            .sum();
  }

  /** The prefixes of a prompt that can be cached. */
  public static List<Long> prefixes(
      Conversation conversation, ModelClass modelClass, Tokenizer tokenizer) {
    PrefixHashes hashes = new PrefixHashes();
    for (ChatMessage message : conversation.messages()) {
      int frame = frame(message, modelClass, tokenizer);
      for (int i = 0; i < frame; i++) {
        hashes.add(Objects.hash(message.role(), message.name()));
      }
      for (int id : tokenizer.ids(message.text())) {
        hashes.add(id);
      }
    }
    return hashes.all();
  }

  /** What a message costs beside its text. */
  private static int frame(ChatMessage message, ModelClass modelClass, Tokenizer tokenizer) {
    return switch (modelClass) {
      case REASONING -> message.role().equals("assistant") ? 6 : 4;
      case OLDER_CHAT, CHAT, EMBEDDINGS, MEDIA -> {
        String name = message.name();
        yield 3 + tokenizer.count(message.role()) + (name == null ? 0 : tokenizer.count(name) + 1);
      }
    };
  }

  /** What a prompt costs beside its messages. */
  private static int tail(ModelClass modelClass) {
    return switch (modelClass) {
      case REASONING -> 2;
      case OLDER_CHAT, CHAT, EMBEDDINGS, MEDIA -> 3;
    };
  }
}

package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.ChatRequest;

/**
 * Tokens a prompt is billed with.
 *
 * <p>Chat: the sum over messages of 3 + role + content, and name + 1 where there is one; then 3.
 * Reasoning (harmony format): the sum of content + 4, or + 6 for an assistant's message; then 2.
 * Both are exact for every capture that was checked.
 */
public final class PromptTokens {

  private PromptTokens() {}

  public static int count(ChatRequest request, ModelClass modelClass, Tokenizer tokenizer) {
    return switch (modelClass) {
      case REASONING -> 2 + sum(request, message -> harmony(message, tokenizer));
      case OLDER_CHAT, CHAT, EMBEDDINGS -> 3 + sum(request, message -> chat(message, tokenizer));
    };
  }

  private static int sum(
      ChatRequest request, java.util.function.ToIntFunction<ChatMessage> tokens) {
    return request.messages().stream().mapToInt(tokens).sum();
  }

  private static int chat(ChatMessage message, Tokenizer tokenizer) {
    String name = message.name();
    return 3
        + tokenizer.count(message.role())
        + tokenizer.count(message.text())
        + (name == null ? 0 : tokenizer.count(name) + 1);
  }

  private static int harmony(ChatMessage message, Tokenizer tokenizer) {
    return tokenizer.count(message.text()) + (message.role().equals("assistant") ? 6 : 4);
  }
}

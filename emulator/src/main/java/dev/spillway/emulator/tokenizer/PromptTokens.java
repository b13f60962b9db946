package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.ContentPart;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.ToolCall;
import java.util.List;
import java.util.Objects;

/**
 * Tokens a prompt is billed with.
 *
 * <p>Chat: the sum over messages of 3 + role + content, and name + 1 where there is one; then 3.
 * Reasoning (harmony format): the sum of content + 4, or + 6 for an assistant's message; then 2.
 * Both are exact for every capture that was checked. Tools, calls of tools, pictures and sounds
 * come on top.
 */
public final class PromptTokens {

  /** What a call of a tool costs beside its name and arguments. */
  private static final int CALL_FRAME = 7;

  private PromptTokens() {}

  public static int count(Conversation conversation, ModelProfile model, Tokenizer tokenizer) {
    int others =
        conversation.messages().stream()
            .mapToInt(message -> beside(message, model, tokenizer))
            .sum();
    return ofTexts(conversation, model.modelClass(), tokenizer)
        + ToolTokens.count(conversation, tokenizer)
        + others;
  }

  /** What a message holds beside its text. */
  private static int beside(ChatMessage message, ModelProfile model, Tokenizer tokenizer) {
    int tokens = 0;
    for (ContentPart part : message.content()) {
      tokens +=
          switch (part) {
            case ContentPart.Image image -> ImageTokens.count(image, model);
            case ContentPart.Audio audio -> AudioTokens.count(audio);
            case ContentPart.Text text -> 0;
            case ContentPart.File file -> 0;
          };
    }
    for (ToolCall call : message.toolCalls()) {
      tokens += tokenizer.count(call.name()) + tokenizer.count(call.arguments()) + CALL_FRAME;
    }
    return tokens;
  }

  static int ofTexts(Conversation conversation, ModelClass modelClass, Tokenizer tokenizer) {
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
    if (!conversation.tools().isEmpty()) {
      for (int id : tokenizer.ids(ToolTokens.text(conversation.tools()))) {
        hashes.add(id);
      }
    }
    for (ChatMessage message : conversation.messages()) {
      int frame = frame(message, modelClass, tokenizer);
      for (int i = 0; i < frame; i++) {
        hashes.add(Objects.hash(message.role(), message.name()));
      }
      for (int id : tokenizer.ids(message.text())) {
        hashes.add(id);
      }
      message.toolCalls().forEach(call -> hashes.add(call.hashCode()));
      message.content().stream()
          .filter(part -> !(part instanceof ContentPart.Text))
          .forEach(part -> hashes.add(part.hashCode()));
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

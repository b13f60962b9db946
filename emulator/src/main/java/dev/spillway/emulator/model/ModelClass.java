package dev.spillway.emulator.model;

import dev.spillway.wire.Operation;

/** What models have in common that decides how they are limited and counted. */
public enum ModelClass {
  /** Chat models up to 2024, whose requests are limited per 10 seconds. */
  OLDER_CHAT,
  CHAT,
  REASONING,
  EMBEDDINGS,
  /** Makes images or videos, speaks, or writes down what it hears; limited by requests only. */
  MEDIA;

  /** Whether an operation can be asked of it. */
  public boolean does(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES -> chats();
      case EMBEDDINGS -> this == EMBEDDINGS;
      case IMAGE_GENERATIONS, IMAGE_EDITS, AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS, AUDIO_SPEECH ->
          this == MEDIA;
    };
  }

  private boolean chats() {
    return switch (this) {
      case OLDER_CHAT, CHAT, REASONING -> true;
      case EMBEDDINGS, MEDIA -> false;
    };
  }
}

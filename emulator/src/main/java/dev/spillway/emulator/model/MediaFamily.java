package dev.spillway.emulator.model;

import dev.spillway.wire.Operation;

/** What a model makes of pictures and sound, and in whose manner. */
public enum MediaFamily {
  /** No such thing. */
  NONE,
  /** Pictures with a URL and a revised prompt. */
  DALL_E,
  /** Pictures in the answer itself, counted in tokens. */
  GPT_IMAGE,
  /** Writes down and translates what is said, with times. */
  WHISPER,
  /** Writes down what is said, counted in tokens. */
  TRANSCRIBE,
  /** Speaks. */
  SPEECH,
  /** Speaks as it is told to, counted in tokens. */
  INSTRUCTED_SPEECH,
  VIDEO;

  boolean does(Operation operation) {
    return switch (operation) {
      case IMAGE_GENERATIONS -> this == DALL_E || this == GPT_IMAGE;
      case IMAGE_EDITS -> this == GPT_IMAGE;
      case AUDIO_TRANSCRIPTIONS -> this == WHISPER || this == TRANSCRIBE;
      case AUDIO_TRANSLATIONS -> this == WHISPER;
      case AUDIO_SPEECH -> this == SPEECH || this == INSTRUCTED_SPEECH;
      case CHAT_COMPLETIONS, COMPLETIONS, EMBEDDINGS, RESPONSES -> false;
    };
  }

  /** Whether its answers say how many tokens they took. */
  public boolean countsTokens() {
    return switch (this) {
      case GPT_IMAGE, TRANSCRIBE, INSTRUCTED_SPEECH -> true;
      case NONE, DALL_E, WHISPER, SPEECH, VIDEO -> false;
    };
  }
}

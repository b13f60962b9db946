package dev.spillway.emulator.model;

import dev.spillway.wire.Operation;

/** Something that a model can do, or can be given. */
public enum Capability {
  CHAT,
  COMPLETION,
  RESPONSES,
  EMBEDDINGS,
  IMAGES,
  IMAGE_EDITS,
  TRANSCRIPTION,
  TRANSLATION,
  SPEECH,
  VIDEO,
  /** Looks at pictures. */
  VISION,
  /** Listens to sound. */
  AUDIO_IN,
  /** Answers with sound. */
  AUDIO_OUT,
  TOOLS,
  STRUCTURED_OUTPUTS,
  REASONING;

  /** What a model needs for an operation. */
  public static Capability of(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS -> CHAT;
      case COMPLETIONS -> COMPLETION;
      case EMBEDDINGS -> EMBEDDINGS;
      case RESPONSES -> RESPONSES;
      case IMAGE_GENERATIONS -> IMAGES;
      case IMAGE_EDITS -> IMAGE_EDITS;
      case AUDIO_TRANSCRIPTIONS -> TRANSCRIPTION;
      case AUDIO_TRANSLATIONS -> TRANSLATION;
      case AUDIO_SPEECH -> SPEECH;
    };
  }
}

package dev.spillway.emulator.model;

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

  /** Whether its answers say how many tokens they took. */
  public boolean countsTokens() {
    return switch (this) {
      case GPT_IMAGE, TRANSCRIBE, INSTRUCTED_SPEECH -> true;
      case NONE, DALL_E, WHISPER, SPEECH, VIDEO -> false;
    };
  }
}

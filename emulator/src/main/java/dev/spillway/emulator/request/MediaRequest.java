package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/** A request for pictures or sound, or about sound: nothing of it is written token by token. */
public sealed interface MediaRequest extends ModelRequest
    permits ImageRequest, SpeechRequest, TranscriptionRequest {

  @Override
  default @Nullable Integer maxTokens() {
    return null;
  }

  @Override
  default int multiplier() {
    return 1;
  }

  @Override
  default Parameters parameters() {
    return Parameters.NONE;
  }
}

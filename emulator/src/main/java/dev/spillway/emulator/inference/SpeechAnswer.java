package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.SoundFormat;
import dev.spillway.emulator.request.SpeechRequest;

/** What a model said, as a file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SpeechAnswer(SpeechRequest request, Served served, SoundFormat format, byte[] file)
    implements MediaAnswer {

  @Override
  public SpeechAnswer with(Served other) {
    return new SpeechAnswer(request, other, format, file);
  }
}

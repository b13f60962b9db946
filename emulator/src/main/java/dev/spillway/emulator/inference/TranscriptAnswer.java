package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.Timing;
import dev.spillway.emulator.request.TranscriptionRequest;
import java.util.List;

/**
 * What a model heard.
 *
 * @param seconds how long the sound is
 */
public record TranscriptAnswer(
    TranscriptionRequest request, Served served, String text, double seconds)
    implements MediaAnswer {

  @Override
  public TranscriptAnswer with(Served other) {
    return new TranscriptAnswer(request, other, text, seconds);
  }

  /** Its sentences, and when they are said. */
  public List<Timing.Span> segments() {
    return Timing.segments(text, seconds);
  }
}

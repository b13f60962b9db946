package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.AudioLength;
import dev.spillway.emulator.model.MediaFamily;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ImageRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.MediaRequest;
import dev.spillway.emulator.request.SpeechRequest;
import dev.spillway.emulator.request.TranscriptionRequest;
import java.util.List;
import java.util.Optional;

/** What a family of models that draw, speak or listen does not take, though another does. */
final class MediaRules {

  private static final String VALUE = "unsupported_value";
  private static final double SHORTEST = 0.1;

  private MediaRules() {}

  /** Why the model does not take the request, if it does not. */
  static Optional<InvalidRequest> broken(ModelProfile model, MediaRequest request) {
    return switch (request) {
      case ImageRequest image ->
          model.family() == MediaFamily.DALL_E
              ? ImageRules.dallE(image)
              : ImageRules.gptImage(model, image);
      case SpeechRequest speech -> speech(model, speech);
      case TranscriptionRequest sound -> transcription(model, sound);
    };
  }

  private static Optional<InvalidRequest> speech(ModelProfile model, SpeechRequest request) {
    return request.stream() && model.family() == MediaFamily.SPEECH
        ? Optional.of(
            new InvalidRequest(
                "stream_format 'sse' is not supported with model '%s'.".formatted(model.name()),
                "stream_format",
                VALUE))
        : Optional.empty();
  }

  private static Optional<InvalidRequest> transcription(
      ModelProfile model, TranscriptionRequest request) {
    if (model.family() == MediaFamily.TRANSCRIBE
        && !List.of("json", "text").contains(request.format())) {
      return Optional.of(
          new InvalidRequest(
              "response_format '%s' is not compatible with model '%s'. Use 'json' or 'text' instead."
                  .formatted(request.format(), model.name()),
              "response_format",
              VALUE));
    }
    if (!request.granularities().isEmpty() && !request.format().equals("verbose_json")) {
      return Optional.of(
          new InvalidRequest(
              "timestamp_granularities is only supported with response_format 'verbose_json'.",
              "timestamp_granularities",
              VALUE));
    }
    return AudioLength.seconds(request.file().bytes()) < SHORTEST
        ? Optional.of(
            new InvalidRequest(
                "Audio file is too short. Minimum audio length is 0.1 seconds.",
                "file",
                "audio_too_short"))
        : Optional.empty();
  }
}

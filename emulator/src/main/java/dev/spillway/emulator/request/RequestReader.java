package dev.spillway.emulator.request;

import dev.spillway.wire.Operation;
import java.util.Optional;

/** Reads the bodies of one operation. */
@FunctionalInterface
public interface RequestReader {

  /**
   * Reads a body.
   *
   * @param roles those that messages may have
   */
  ParsedBody read(RequestBody body, Roles roles);

  /** The reader of an operation's bodies; none for one that is not served. */
  static Optional<RequestReader> of(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS -> Optional.of(ChatRequestReader::read);
      case EMBEDDINGS -> Optional.of(EmbeddingsReader::read);
      case COMPLETIONS -> Optional.of(CompletionReader::read);
      case RESPONSES -> Optional.of(ResponsesRequestReader::read);
      case IMAGE_GENERATIONS -> Optional.of(ImageRequestReader::generation);
      case IMAGE_EDITS -> Optional.of(ImageRequestReader::edit);
      case AUDIO_SPEECH -> Optional.of(SpeechRequestReader::read);
      case AUDIO_TRANSCRIPTIONS -> Optional.of(TranscriptionRequestReader::transcription);
      case AUDIO_TRANSLATIONS -> Optional.of(TranscriptionRequestReader::translation);
    };
  }
}

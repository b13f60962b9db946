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
      case COMPLETIONS,
          EMBEDDINGS,
          RESPONSES,
          IMAGE_GENERATIONS,
          AUDIO_TRANSCRIPTIONS,
          AUDIO_TRANSLATIONS,
          AUDIO_SPEECH ->
          Optional.empty();
    };
  }
}

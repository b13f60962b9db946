package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.AnswerStream.Piece;
import org.jspecify.annotations.Nullable;

/** Writes one chat completion, whole or chunk by chunk, as its year did. */
interface ChatChunks {

  /** The body of an answer that is not streamed. */
  byte[] completion();

  /**
   * The chunk before all others, with what the filter says of the prompt; null where it says
   * nothing.
   */
  byte @Nullable [] promptChunk();

  /** A chunk, or no bytes at all when the year and the api-version say nothing of the piece. */
  byte[] chunk(Piece piece);

  /** The chunk after all others, when the request asked for {@code usage}. */
  byte[] usageChunk();
}

package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import org.jspecify.annotations.Nullable;

/** Writes the answer to one request for text, whole or event by event, as its year did. */
interface TextFormat {

  /** The body of an answer that is not streamed. */
  byte[] whole();

  /** What comes before all pieces; null where nothing does. */
  byte @Nullable [] first();

  /** An event, or no bytes at all when the year and the api-version say nothing of the piece. */
  byte[] piece(Piece piece);

  /** What comes after all pieces. */
  byte[] last();

  /** What comes instead of it where a stream breaks off. */
  byte[] failure(ServiceError error);
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.inference.AnswerStream.Piece;
import java.util.Optional;

/** The pieces of one completion, in order; for one thread. */
interface Pieces {

  /** The next one, or none after the last. */
  Optional<Piece> next();
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.DraftedCall;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The pieces of one completion, in order; for one thread. */
interface Pieces {

  /** The next one, or none after the last. */
  Optional<Piece> next();

  /** The calls of tools, one after the other. */
  static Iterator<Piece> calls(int choice, Draft draft, Verdict verdict) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < draft.calls().size(); i++) {
      DraftedCall call = draft.calls().get(i);
      pieces.add(new Piece.CallStart(choice, i, call.name(), verdict));
      for (String token : call.arguments()) {
        pieces.add(new Piece.CallArguments(choice, i, token, verdict));
      }
    }
    return pieces.iterator();
  }
}

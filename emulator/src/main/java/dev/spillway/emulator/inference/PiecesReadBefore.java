package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A completion of which the content filter has read every token before it is sent. */
final class PiecesReadBefore implements Pieces {

  private final int index;
  private final Choice choice;
  private final List<String> tokens;
  private final Iterator<Piece> calls;
  private final int beforeBlock;
  private int position;
  private int characters;

  PiecesReadBefore(int index, Choice choice) {
    this.index = index;
    this.choice = choice;
    this.tokens = choice.draft().tokens();
    this.calls = Pieces.calls(index, choice.draft(), Verdict.SILENT);
    this.beforeBlock = choice.filter().blockedAt().orElse(Integer.MAX_VALUE) - 1;
  }

  @Override
  public Optional<Piece> next() {
    if (position > tokens.size() && calls.hasNext()) {
      return Optional.of(calls.next());
    }
    int at = position++;
    if (at == 0) {
      return Optional.of(new Piece.Start(index, aside()));
    }
    if (at <= tokens.size()) {
      String text = tokens.get(at - 1);
      characters += text.length();
      return Optional.of(new Piece.Token(index, text, upTo(characters)));
    }
    if (at > tokens.size() + 1) {
      return Optional.empty();
    }
    Verdict verdict = choice.blocked() ? choice.filter().atItsEnd() : aside();
    return Optional.of(new Piece.End(index, choice.draft().finishReason().onTheWire(), verdict));
  }

  /** The block itself comes with the end, and not with the token that it follows. */
  private Verdict upTo(int end) {
    return choice.filter().upTo(Math.min(end, beforeBlock));
  }

  /** What comes beside the text: nothing, unless the filter is down. */
  private Verdict aside() {
    return switch (upTo(0)) {
      case Verdict.Unfiltered unfiltered -> unfiltered;
      case Verdict.Passed passed -> Verdict.SILENT;
      case Verdict.Blocked blocked -> Verdict.SILENT;
      case Verdict.Pending pending -> pending;
    };
  }
}

package dev.spillway.emulator.inference;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer pulled piece by piece: for each choice its start, its tokens and its end.
 *
 * <p>Whoever pulls it closes it, at the end or before; before means that the caller left.
 */
public final class AnswerStream implements AutoCloseable {

  /** One piece. */
  public sealed interface Piece {
    int choice();

    record Start(int choice) implements Piece {}

    record Token(int choice, String text) implements Piece {}

    record End(int choice, String finishReason) implements Piece {}
  }

  /**
   * How far it came.
   *
   * @param complete whether everything was pulled
   * @param tokens how many of the answer's tokens were
   */
  record Progress(boolean complete, int tokens) {}

  private final Answer answer;
  private final Consumer<Progress> whenClosed;
  private int choice;
  private int tokens;
  private int position;
  private boolean closed;

  /**
   * @param whenClosed told once how far it came
   */
  AnswerStream(Answer answer, Consumer<Progress> whenClosed) {
    this.answer = answer;
    this.whenClosed = whenClosed;
  }

  /** What is streamed. */
  public Answer answer() {
    return answer;
  }

  /** The next piece, or none after the last choice's end. */
  public Optional<Piece> next() {
    if (isComplete()) {
      return Optional.empty();
    }
    var draft = answer.choices().get(choice);
    int at = position++;
    if (at == 0) {
      return Optional.of(new Piece.Start(choice));
    }
    if (at <= draft.tokens().size()) {
      tokens++;
      return Optional.of(new Piece.Token(choice, draft.tokens().get(at - 1)));
    }
    position = 0;
    return Optional.of(new Piece.End(choice++, draft.finishReason().onTheWire()));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.accept(new Progress(isComplete(), tokens));
    }
  }

  private boolean isComplete() {
    return choice == answer.choices().size();
  }
}

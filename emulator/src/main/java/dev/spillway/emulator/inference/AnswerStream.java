package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Verdict;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer pulled piece by piece: for each choice its start, its tokens and its end, and between
 * them what a filter that comes later has read.
 *
 * <p>Whoever pulls it closes it, at the end or before; before means that the caller left.
 */
public final class AnswerStream implements AutoCloseable {

  /** One piece, with what the content filter says of it. */
  public sealed interface Piece {
    int choice();

    Verdict verdict();

    record Start(int choice, Verdict verdict) implements Piece {}

    record Token(int choice, String text, Verdict verdict) implements Piece {}

    /**
     * A call of a tool begins.
     *
     * @param call its place among the choice's calls
     */
    record CallStart(int choice, int call, String name, Verdict verdict) implements Piece {}

    /** A token of the arguments of a call. */
    record CallArguments(int choice, int call, String text, Verdict verdict) implements Piece {}

    record End(int choice, String finishReason, Verdict verdict) implements Piece {}

    /**
     * A verdict on tokens that were sent before.
     *
     * @param start where in the conversation's text they start
     * @param end where they end
     * @param finishReason why the choice ends with it; null when it does not
     */
    record Reading(int choice, Verdict verdict, long start, long end, @Nullable String finishReason)
        implements Piece {}
  }

  /**
   * How far it came.
   *
   * @param complete whether everything was pulled
   * @param tokens how many of the answer's tokens were
   * @param failure what broke it off or spoilt it; null when nothing did
   */
  record Progress(boolean complete, int tokens, @Nullable String failure) {}

  private final TextAnswer answer;
  private final Consumer<Progress> whenClosed;
  private @Nullable String failure;
  private int choice;
  private Pieces pieces;
  private int tokens;
  private boolean closed;

  /**
   * @param whenClosed told once how far it came
   */
  AnswerStream(TextAnswer answer, Consumer<Progress> whenClosed) {
    this.answer = answer;
    this.whenClosed = whenClosed;
    this.pieces = answer.pieces(0);
  }

  /** What is streamed. */
  public TextAnswer answer() {
    return answer;
  }

  /** Says that it is not what it should be. */
  public void fail(String reason) {
    failure = reason;
  }

  /** The next piece, or none after the last choice's end. */
  public Optional<Piece> next() {
    while (!isComplete()) {
      Optional<Piece> piece = pieces.next();
      tokens += piece.map(this::tokens).orElse(0);
      if (piece.filter(AnswerStream::says).isPresent()) {
        return piece;
      }
      if (piece.isEmpty()) {
        choice++;
        if (!isComplete()) {
          pieces = answer.pieces(choice);
        }
      }
    }
    return Optional.empty();
  }

  /** A token may end within a character, which comes with the next. */
  private static boolean says(Piece piece) {
    return switch (piece) {
      case Piece.Token token -> !token.text().isEmpty();
      case Piece.CallArguments arguments -> !arguments.text().isEmpty();
      case Piece.Start start -> true;
      case Piece.CallStart start -> true;
      case Piece.End end -> true;
      case Piece.Reading reading -> true;
    };
  }

  /** What was billed with it; the reasoning with the start, since it came before. */
  private int tokens(Piece piece) {
    return switch (piece) {
      case Piece.Start start -> answer.choices().get(start.choice()).draft().reasoningTokens();
      case Piece.Token token -> 1;
      case Piece.CallArguments arguments -> 1;
      case Piece.CallStart start -> 0;
      case Piece.End end -> 0;
      case Piece.Reading reading -> 0;
    };
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.accept(new Progress(isComplete(), tokens, failure));
    }
  }

  private boolean isComplete() {
    return choice == answer.choices().size();
  }
}

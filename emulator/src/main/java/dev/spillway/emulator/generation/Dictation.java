package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes drafts of given words: token by token, ended by the request's {@code stop} texts, and cut
 * where its allowance ends.
 */
public final class Dictation {

  private final Tokenizers tokenizers;

  public Dictation(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  /**
   * What is to be said.
   *
   * @param reasoningTokens what was thought before
   * @param pieces the text in the pieces that a stream sends; null for one a token
   * @param calls the tools to call, with their arguments' JSON
   * @param ending why it ends; null for what follows from the rest
   */
  public record Words(
      int reasoningTokens,
      String text,
      @Nullable List<String> pieces,
      List<Call> calls,
      @Nullable FinishReason ending) {

    /** A tool to call. */
    public record Call(String name, String arguments) {}

    /** A text and nothing else. */
    public static Words text(String text) {
      return new Words(0, text, null, List.of(), null);
    }
  }

  public Draft draft(Words words, Conversation conversation, ModelProfile model) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    Room room = new Room(allowed(conversation, model));
    int reasoning = room.take(words.reasoningTokens());
    String text = untilStop(words.text(), conversation.stop());
    List<String> pieces = words.pieces();
    List<String> tokens =
        pieces == null
            ? room.take(tokenizer.split(text))
            : inPieces(pieces, text.length(), tokenizer, room);
    List<DraftedCall> calls = new ArrayList<>();
    if (text.length() == words.text().length()) {
      for (Words.Call call : words.calls()) {
        if (!room.isOver()) {
          calls.add(new DraftedCall(call.name(), room.take(tokenizer.split(call.arguments()))));
        }
      }
    }
    return new Draft(reasoning, tokens, List.copyOf(calls), ending(words, room, calls));
  }

  private static FinishReason ending(Words words, Room room, List<DraftedCall> calls) {
    FinishReason asked = words.ending();
    if (room.isOver()) {
      return FinishReason.LENGTH;
    }
    return asked != null ? asked : calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
  }

  private static int allowed(Conversation conversation, ModelProfile model) {
    Integer asked = conversation.maxTokens();
    int most = asked == null ? model.outputTokens() : Math.min(asked, model.outputTokens());
    return Math.max(1, most - model.completionOverhead());
  }

  private static String untilStop(String text, List<String> stops) {
    int end = text.length();
    for (String stop : stops) {
      int at = stop.isEmpty() ? -1 : text.indexOf(stop);
      end = at < 0 ? end : Math.min(end, at);
    }
    return text.substring(0, end);
  }

  /**
   * Each piece with its last token; those before it have no text. A piece is counted by itself.
   *
   * @param length how much of the pieces is said
   */
  private static List<String> inPieces(
      List<String> pieces, int length, Tokenizer tokenizer, Room room) {
    List<String> tokens = new ArrayList<>();
    int left = length;
    for (String piece : pieces) {
      String said = piece.substring(0, Math.min(left, piece.length()));
      left -= said.length();
      List<String> taken = room.take(tokenizer.split(said));
      if (!taken.isEmpty()) {
        tokens.addAll(Collections.nCopies(taken.size() - 1, ""));
        tokens.add(String.join("", taken));
      }
    }
    return List.copyOf(tokens);
  }

  /** The tokens that are left of an allowance. */
  private static final class Room {
    private int left;
    private boolean over;

    Room(int left) {
      this.left = left;
    }

    /** Whether more was asked for than there was. */
    boolean isOver() {
      return over;
    }

    int take(int tokens) {
      int taken = Math.min(tokens, left);
      over = over || taken < tokens;
      left -= taken;
      return taken;
    }

    List<String> take(List<String> tokens) {
      int taken = take(tokens.size());
      return List.copyOf(tokens.subList(0, taken));
    }
  }
}

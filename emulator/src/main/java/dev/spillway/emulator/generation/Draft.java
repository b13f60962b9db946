package dev.spillway.emulator.generation;

import java.util.List;

/**
 * What a model says: its text token by token, the tools it calls, and why it ends.
 *
 * @param reasoningTokens what it thought before, which is billed and not shown
 * @param declines whether its text says that it does not do what it was asked to
 * @param prediction what became of a prediction
 */
public record Draft(
    int reasoningTokens,
    List<String> tokens,
    List<DraftedCall> calls,
    FinishReason finishReason,
    boolean declines,
    Predicted prediction) {

  /**
   * How many of a prediction's tokens are in the answer, and how many are not; these are billed,
   * too.
   */
  public record Predicted(int accepted, int rejected) {

    static final Predicted NOTHING = new Predicted(0, 0);
  }

  /** One that does what it was asked to, and that nothing was predicted of. */
  public Draft(
      int reasoningTokens,
      List<String> tokens,
      List<DraftedCall> calls,
      FinishReason finishReason) {
    this(reasoningTokens, tokens, calls, finishReason, false, Predicted.NOTHING);
  }

  /** A text and nothing else. */
  public static Draft text(List<String> tokens, FinishReason finishReason) {
    return new Draft(0, tokens, List.of(), finishReason);
  }

  public String text() {
    return String.join("", tokens);
  }

  /** All its tokens, those that are not shown too. */
  public int completionTokens() {
    return reasoningTokens
        + prediction.rejected()
        + tokens.size()
        + calls.stream().mapToInt(call -> call.arguments().size()).sum();
  }

  /** The same, ended by the content filter with the token in which so many characters are full. */
  public Draft cutAt(int characters) {
    int kept = 0;
    for (int length = 0; length < characters && kept < tokens.size(); kept++) {
      length += tokens.get(kept).length();
    }
    return new Draft(
        reasoningTokens,
        List.copyOf(tokens.subList(0, kept)),
        List.of(),
        FinishReason.CONTENT_FILTER,
        declines,
        prediction);
  }

  /** The same, as words that decline. */
  public Draft declining() {
    return new Draft(reasoningTokens, tokens, calls, finishReason, true, prediction);
  }

  /** The same after so much reasoning. */
  Draft after(int reasoning) {
    return new Draft(reasoning, tokens, calls, finishReason, declines, prediction);
  }

  /** The same with another text. */
  Draft saying(List<String> text, FinishReason end) {
    return new Draft(reasoningTokens, text, calls, end, declines, prediction);
  }

  /** The same, ended for another reason. */
  public Draft endedBy(FinishReason end) {
    return saying(tokens, end);
  }
}

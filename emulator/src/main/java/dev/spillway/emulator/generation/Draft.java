package dev.spillway.emulator.generation;

import java.util.List;

/**
 * What a model says: its text token by token, the tools it calls, and why it ends.
 *
 * @param reasoningTokens what it thought before, which is billed and not shown
 * @param declines whether its text says that it does not do what it was asked to
 */
public record Draft(
    int reasoningTokens,
    List<String> tokens,
    List<DraftedCall> calls,
    FinishReason finishReason,
    boolean declines) {

  /** One that does what it was asked to. */
  public Draft(
      int reasoningTokens,
      List<String> tokens,
      List<DraftedCall> calls,
      FinishReason finishReason) {
    this(reasoningTokens, tokens, calls, finishReason, false);
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
        declines);
  }

  /** The same, as words that decline. */
  public Draft declining() {
    return new Draft(reasoningTokens, tokens, calls, finishReason, true);
  }
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.latency.Work;
import dev.spillway.emulator.request.TextRequest;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a model wrote.
 *
 * @param readWhileSent whether the content filter reads it only while it is sent
 * @param choices one for each that was asked for
 */
public record TextAnswer(
    TextRequest request, Served served, boolean readWhileSent, List<Choice> choices)
    implements Answer {

  /** Whether the content filter has ended every choice. */
  public boolean blocked() {
    return choices.stream().allMatch(Choice::blocked);
  }

  @Override
  public TextAnswer with(Served other) {
    return new TextAnswer(request, other, readWhileSent, choices);
  }

  @Override
  public Work work() {
    return new Work(
        usage().uncachedPromptTokens(),
        longest(Draft::reasoningTokens),
        longest(draft -> draft.completionTokens() - draft.reasoningTokens()),
        !readWhileSent && isFiltered());
  }

  private int longest(ToIntFunction<Draft> tokens) {
    return choices.stream().map(Choice::draft).mapToInt(tokens).max().orElse(0);
  }

  /** Whether there is a filter that looks at it at all. */
  private boolean isFiltered() {
    return prompt() instanceof Verdict.Passed passed && !passed.annotations().isEmpty();
  }

  Pieces pieces(int choice) {
    return readWhileSent
        ? new PiecesReadWhileSent(choice, choices.get(choice), request.promptCharacters())
        : new PiecesReadBefore(choice, choices.get(choice));
  }
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.request.TextRequest;
import java.util.List;

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

  Pieces pieces(int choice) {
    return readWhileSent
        ? new PiecesReadWhileSent(choice, choices.get(choice), request.promptCharacters())
        : new PiecesReadBefore(choice, choices.get(choice));
  }
}

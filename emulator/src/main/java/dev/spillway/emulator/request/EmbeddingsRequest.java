package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors as asked for, one for each input.
 *
 * @param base64 whether they shall be sent as bytes instead of numbers
 * @param dimensions how long they shall be; null for as long as the model makes them
 */
public record EmbeddingsRequest(
    @Nullable String model, List<PromptInput> inputs, boolean base64, @Nullable Integer dimensions)
    implements ModelRequest {

  /** Nothing: no content filter reads what is embedded. */
  @Override
  public List<String> texts() {
    return List.of();
  }

  @Override
  public long promptCharacters() {
    return inputs.stream().mapToLong(PromptInput::characters).sum();
  }

  /** A quarter of the characters of each input, rounded up; a token that is one counts as one. */
  public long estimatedTokens() {
    return inputs.stream()
        .mapToLong(input -> Math.ceilDiv(input.characters(), PromptInput.CHARACTERS_PER_TOKEN))
        .sum();
  }

  /** Nothing is written. */
  @Override
  public Integer maxTokens() {
    return 0;
  }

  @Override
  public int multiplier() {
    return 1;
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public Parameters parameters() {
    return Parameters.NONE;
  }
}

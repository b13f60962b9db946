package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are billed for an answer, in the place of those that are counted.
 *
 * @param prompt null for as many as the prompt has
 * @param completion all of the completion's, with its reasoning; null for as many as it has
 * @param reasoning those of the completion that nobody sees; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StubUsage(
    @Nullable Integer prompt, @Nullable Integer completion, @Nullable Integer reasoning) {

  private static final int MOST = 100_000_000;

  /** What is counted. */
  public static final StubUsage COUNTED = new StubUsage(null, null, null);

  public StubUsage {
    check("prompt", prompt);
    check("completion", completion);
    check("reasoning", reasoning);
    if (completion != null && reasoning != null && reasoning > completion) {
      throw new IllegalArgumentException(
          "the usage has %d reasoning tokens, which are more than the %d of the whole completion"
              .formatted(reasoning, completion));
    }
  }

  private static void check(String name, @Nullable Integer tokens) {
    if (tokens != null && (tokens < 0 || tokens > MOST)) {
      throw new IllegalArgumentException(
          "'" + name + "' of a usage is a number of tokens from 0 up, not " + tokens);
    }
  }
}

package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks.
 *
 * @param method of HTTP
 * @param path with its query
 * @param headers beside those that every call has
 * @param stream whether a stream is asked for
 * @param body what is sent
 */
public record Ask(String method, String path, List<Header> headers, boolean stream, Content body) {

  public Ask {
    headers = List.copyOf(headers);
  }

  /** What a call sends. */
  public sealed interface Content {}

  /**
   * A request that is written for the operation of the path.
   *
   * @param model what the body names; null for nothing
   * @param promptTokens about how long the prompt is
   * @param answerTokens the most that the answer may be
   * @param bytes how long the whole body is, by a longer prompt; null for as it comes
   * @param more further members of the body as JSON; null for none
   */
  public record Written(
      @Nullable String model,
      int promptTokens,
      int answerTokens,
      @Nullable Integer bytes,
      @Nullable String more)
      implements Content {}

  /** These very characters. */
  public record Literal(String text) implements Content {}
}

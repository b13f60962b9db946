package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Header;
import dev.spillway.wire.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks.
 *
 * @param method of HTTP
 * @param path with its query
 * @param headers beside those that every call has
 * @param stream whether a stream is asked for
 * @param content what is sent
 */
public record Ask(
    String method, String path, List<Header> headers, boolean stream, Content content) {

  public Ask {
    headers = List.copyOf(headers);
  }

  /** What a call sends. */
  public sealed interface Content {}

  /**
   * A request that is written for an operation.
   *
   * @param model what the body names; null for nothing
   * @param prompt what is said; null for words without a meaning
   * @param promptTokens about how long the prompt is
   * @param answerTokens the most that the answer may be
   * @param bytes how long the whole body is, by a longer prompt; null for as it comes
   * @param more further members of the body, as a JSON object; null for none
   */
  public record Written(
      Operation operation,
      @Nullable String model,
      @Nullable String prompt,
      int promptTokens,
      int answerTokens,
      @Nullable Integer bytes,
      @Nullable String more)
      implements Content {}

  /** These very characters. */
  public record Literal(String text) implements Content {}
}

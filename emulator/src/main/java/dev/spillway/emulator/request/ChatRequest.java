package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as asked for.
 *
 * @param model the body's {@code model}; names the deployment on the v1 route
 * @param maxTokens {@code max_completion_tokens}, else {@code max_tokens}; null when neither is
 *     given
 * @param choices {@code n}
 * @param bestOf {@code best_of}, which only multiplies the charge
 * @param stream whether the answer shall be a stream
 * @param includeUsage {@code stream_options.include_usage}
 * @param obfuscation {@code stream_options.include_obfuscation}
 * @param parameters what only some models or api-versions take
 */
public record ChatRequest(
    @Nullable String model,
    List<ChatMessage> messages,
    @Nullable Integer maxTokens,
    int choices,
    int bestOf,
    boolean stream,
    boolean includeUsage,
    boolean obfuscation,
    Parameters parameters) {

  /** The characters of all messages' texts. */
  public long promptCharacters() {
    return messages.stream().mapToLong(message -> message.text().length()).sum();
  }

  /** The texts of its messages. */
  public List<String> texts() {
    return messages.stream().map(ChatMessage::text).toList();
  }

  /** How often the answer's tokens are charged. */
  public int multiplier() {
    return Math.max(choices, bestOf);
  }
}

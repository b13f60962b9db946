package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/**
 * A chat completion as asked for.
 *
 * @param conversation its messages, and what is asked of the answers' form; the longest answer is
 *     {@code max_completion_tokens}, else {@code max_tokens}
 * @param choices {@code n}
 * @param bestOf {@code best_of}, which only multiplies the charge
 * @param includeUsage {@code stream_options.include_usage}
 * @param obfuscation {@code stream_options.include_obfuscation}
 */
public record ChatRequest(
    @Nullable String model,
    Conversation conversation,
    int choices,
    int bestOf,
    boolean stream,
    boolean includeUsage,
    boolean obfuscation,
    ChatOptions options,
    Parameters parameters)
    implements TextRequest {

  /** One that asks for nothing beside text. */
  public ChatRequest(
      @Nullable String model,
      Conversation conversation,
      int choices,
      int bestOf,
      boolean stream,
      boolean includeUsage,
      boolean obfuscation,
      Parameters parameters) {
    this(
        model,
        conversation,
        choices,
        bestOf,
        stream,
        includeUsage,
        obfuscation,
        ChatOptions.NONE,
        parameters);
  }

  @Override
  public int multiplier() {
    return Math.max(choices, bestOf);
  }
}

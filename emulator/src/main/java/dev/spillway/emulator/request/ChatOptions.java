package dev.spillway.emulator.request;

/**
 * What is asked of a chat completion's answer beside its text.
 *
 * @param logprobs whether tokens come with their probabilities
 * @param topLogprobs how many likely tokens come beside each
 * @param functions whether tools were given as {@code functions}, and calls are to be told so
 */
public record ChatOptions(boolean logprobs, int topLogprobs, boolean functions) {

  static final ChatOptions NONE = new ChatOptions(false, 0, false);
}

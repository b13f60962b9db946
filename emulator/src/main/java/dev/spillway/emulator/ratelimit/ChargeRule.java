package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.request.EmbeddingsRequest;
import dev.spillway.emulator.request.ModelRequest;
import dev.spillway.emulator.request.ResponsesRequest;

/**
 * What the token limit is charged when a request arrives.
 *
 * <p>An estimate: the service does not count tokens before it answers, and does not correct the
 * charge of a Standard deployment afterwards.
 */
interface ChargeRule {

  long tokens(ModelRequest request);

  /**
   * As documented: {@code (ceil(prompt characters / 4) + max_tokens, else 16) x max(n, best_of)}.
   */
  ChargeRule DOCUMENTED =
      request -> (quarter(request.promptCharacters()) + maxTokens(request, 16)) * times(request);

  /** Measured on older chat models in 2024: {@code max_tokens, else 16} times {@code n}. */
  ChargeRule ANSWER_ONLY = request -> maxTokens(request, 16) * times(request);

  /**
   * Measured on gpt-4o-mini in late 2024: {@code max_tokens, else 640} and a quarter of the
   * prompt's characters, with 3 more for each boundary between messages, times {@code n}.
   */
  ChargeRule PROMPT_AND_640 =
      request ->
          (quarter(charactersWithBoundaries(request)) + maxTokens(request, 640)) * times(request);

  /**
   * Measured on gpt-5-nano in 2025 without {@code max_tokens}: a quarter of the prompt's characters
   * and nothing else. That {@code max_tokens} counts where it is given is assumed.
   */
  ChargeRule PROMPT =
      request -> (quarter(request.promptCharacters()) + maxTokens(request, 0)) * times(request);

  /**
   * Measured on gpt-4.1-mini in 2026 without {@code max_tokens}: a quarter of the prompt's
   * characters and 5. That {@code max_tokens} still counts there is assumed. Of a response,
   * measured on gpt-5.4, it is a quarter of the characters rounded down, and {@code
   * max_output_tokens} does not count.
   */
  ChargeRule PROMPT_AND_5 =
      request ->
          request instanceof ResponsesRequest
              ? request.promptCharacters() / 4
              : (quarter(request.promptCharacters()) + 5 + maxTokens(request, 0)) * times(request);

  /** Measured on text-embedding-ada-002 in 2024: a quarter of the characters of each input. */
  ChargeRule INPUTS =
      request ->
          request instanceof EmbeddingsRequest embeddings
              ? embeddings.estimatedTokens()
              : quarter(request.promptCharacters());

  /** Models without a limit for tokens. */
  ChargeRule NOTHING = request -> 0;

  private static long quarter(long characters) {
    return Math.ceilDiv(characters, 4L);
  }

  private static long charactersWithBoundaries(ModelRequest request) {
    return request.promptCharacters() + 3L * Math.max(0, request.texts().size() - 1);
  }

  private static long maxTokens(ModelRequest request, int otherwise) {
    Integer asked = request.maxTokens();
    return asked == null ? otherwise : asked;
  }

  private static long times(ModelRequest request) {
    return request.multiplier();
  }
}

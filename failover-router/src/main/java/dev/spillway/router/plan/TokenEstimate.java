package dev.spillway.router.plan;

import dev.spillway.wire.Operation;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a request is taken for when it arrives: what the service documents that it
 * reckons with, {@code (ceil(prompt characters / 4) + max_tokens, else 16) x max(n, best_of)}.
 *
 * <p>No sum is above ten million millions, whatever a caller writes.
 *
 * @param prompt of the prompt, or of all prompts
 * @param answer the most that one answer may have; null when the request does not say
 * @param times how many answers are written
 */
public record TokenEstimate(long prompt, @Nullable Long answer, int times) {

  /** Of what is not counted in tokens. */
  public static final TokenEstimate NONE = new TokenEstimate(0, 0L, 1);

  private static final long CHARACTERS_PER_TOKEN = 4;
  private static final long LONGEST_ANSWER = 10_000_000;
  private static final long USUAL_ANSWER = 16;
  private static final long USUAL_PROVISIONED_ANSWER = 640;
  private static final long MOST = 10_000_000_000_000L;

  public static TokenEstimate of(RequestFacts facts) {
    return facts.operation().map(operation -> of(operation, facts)).orElse(NONE);
  }

  private static TokenEstimate of(Operation operation, RequestFacts facts) {
    long prompt = ofPrompt(facts);
    return switch (operation) {
      case CHAT_COMPLETIONS -> new TokenEstimate(prompt, longest(facts, 1), times(facts));
      case COMPLETIONS -> new TokenEstimate(prompt, longest(facts, facts.prompts()), times(facts));
      case RESPONSES -> new TokenEstimate(prompt, longest(facts, 1), 1);
      case EMBEDDINGS -> new TokenEstimate(prompt, 0L, 1);
      case IMAGE_GENERATIONS, IMAGE_EDITS, AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS, AUDIO_SPEECH ->
          NONE; // only requests are counted of these
    };
  }

  private static @Nullable Long longest(RequestFacts facts, int prompts) {
    Long each = facts.maxTokens();
    if (each == null) {
      return prompts == 1 ? null : Long.valueOf(USUAL_ANSWER * prompts);
    }
    return Math.min(each, LONGEST_ANSWER) * prompts;
  }

  private static int times(RequestFacts facts) {
    return Math.max(facts.choices(), facts.bestOf());
  }

  /** The prompt alone. */
  public static long ofPrompt(RequestFacts facts) {
    return Math.ceilDiv(facts.promptCharacters(), CHARACTERS_PER_TOKEN);
  }

  /** What a prompt and one answer to it take of a context window, as far as the request says. */
  public static long ofWindow(RequestFacts facts) {
    Long answer = facts.maxTokens();
    return ofPrompt(facts) + (answer == null ? 0 : Math.min(answer, LONGEST_ANSWER));
  }

  /** The most that all answers may have together; null when the request does not say. */
  public static @Nullable Long ofAnswersAtMost(RequestFacts facts) {
    Long each = facts.maxTokens();
    return each == null ? null : atMost((double) each * times(facts) * facts.prompts());
  }

  /** Of a Standard deployment's tokens a minute. */
  public long tokens() {
    return atMost(((double) prompt + (answer == null ? USUAL_ANSWER : answer)) * times);
  }

  /**
   * Of a provisioned deployment's throughput, in tokens of a prompt.
   *
   * @param outputWeight how many of them a token of an answer is worth
   */
  public long weighted(int outputWeight) {
    double each = answer == null ? USUAL_PROVISIONED_ANSWER : answer;
    return atMost(prompt + outputWeight * each * times);
  }

  private static long atMost(double tokens) {
    return (long) Math.min(tokens, MOST);
  }
}

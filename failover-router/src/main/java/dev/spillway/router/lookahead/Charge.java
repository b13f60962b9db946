package dev.spillway.router.lookahead;

import dev.spillway.router.plan.RequestFacts;
import dev.spillway.wire.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is taken to charge for a request when it arrives: the estimate that the service
 * documents, {@code (ceil(prompt characters / 4) + max_tokens, else 16) x max(n, best_of)}.
 *
 * @param promptTokens estimated
 * @param answerTokens the most that one answer may have; null when the request does not say
 * @param times how many answers are written
 */
public record Charge(long promptTokens, @Nullable Long answerTokens, int times) {

  public static final Charge NONE = new Charge(0, 0L, 1);

  private static final long CHARACTERS_PER_TOKEN = 4;
  private static final long LONGEST_ANSWER = 10_000_000;
  private static final long USUAL_ANSWER = 16;
  private static final long USUAL_PROVISIONED_ANSWER = 640;

  public static Charge of(RequestFacts facts) {
    return facts.operation().map(operation -> of(operation, facts)).orElse(NONE);
  }

  private static Charge of(Operation operation, RequestFacts facts) {
    long prompt = Math.ceilDiv(facts.promptCharacters(), CHARACTERS_PER_TOKEN);
    int times = Math.max(facts.choices(), facts.bestOf());
    return switch (operation) {
      case CHAT_COMPLETIONS -> new Charge(prompt, longest(facts, 1), times);
      case COMPLETIONS -> new Charge(prompt, longest(facts, facts.prompts()), times);
      case RESPONSES -> new Charge(prompt, longest(facts, 1), 1);
      case EMBEDDINGS -> new Charge(prompt, 0L, 1);
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

  /** Of a Standard deployment's tokens a minute. */
  public long tokens() {
    return (promptTokens + (answerTokens == null ? USUAL_ANSWER : answerTokens)) * times;
  }

  /**
   * Of a provisioned deployment's throughput, in tokens of a prompt.
   *
   * @param outputWeight how many of them a token of an answer is worth
   */
  public long weighted(int outputWeight) {
    long answer = answerTokens == null ? USUAL_PROVISIONED_ANSWER : answerTokens;
    return promptTokens + outputWeight * answer * times;
  }
}

package dev.spillway.router.plan;

import dev.spillway.wire.Operation;

/**
 * How many tokens a request may come to, as the service documents what it reckons with on arrival:
 * a quarter of the prompt's characters, and the longest answer (16 where none is given) for each of
 * {@code n} or {@code best_of}, whichever are more, and for each prompt.
 */
public final class TokenEstimate {

  private static final long CHARACTERS_PER_TOKEN = 4;
  private static final long USUAL_ANSWER = 16;
  private static final long MOST = 1_000_000_000_000L;

  private TokenEstimate() {}

  /** The prompt alone. */
  public static long ofPrompt(RequestFacts facts) {
    return Math.ceilDiv(facts.promptCharacters(), CHARACTERS_PER_TOKEN);
  }

  /** The prompt and its answers. */
  public static long of(RequestFacts facts) {
    boolean answered = facts.operation().filter(Operation.EMBEDDINGS::equals).isEmpty();
    return ofPrompt(facts) + (answered ? answers(facts) : 0);
  }

  private static long answers(RequestFacts facts) {
    Long longest = facts.maxTokens();
    double most =
        (double) (longest == null ? USUAL_ANSWER : longest)
            * Math.max(facts.choices(), facts.bestOf())
            * facts.prompts();
    return (long) Math.min(most, MOST);
  }
}

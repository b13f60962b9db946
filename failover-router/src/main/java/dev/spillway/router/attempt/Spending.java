package dev.spillway.router.attempt;

import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.RequestFacts;
import dev.spillway.router.plan.TokenEstimate;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import dev.spillway.wire.ErrorEnvelope;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells what a model has probably worked: what the backend has said, or else, of what has come of
 * its answer and of the request, a quarter of the characters.
 */
final class Spending {

  private static final int CHARACTERS_PER_TOKEN = 4;

  /** Refusals that a model or a filter had to read the prompt for, and that may be billed. */
  private static final Set<String> AFTER_READING =
      Set.of("content_filter", "context_length_exceeded");

  private Spending() {}

  static Spent of(AttemptResult result, LazyFacts facts) {
    return switch (result) {
      case AttemptResult.Succeeded it when it.answer().isArriving() -> Spent.PENDING;
      case AttemptResult.Succeeded it -> of(it.heard(), facts);
      case AttemptResult.Refused it -> ofRefusal(it.answer(), facts);
      case AttemptResult.Throttled it -> heardOr(() -> Spent.NOTHING, it.heard(), facts);
      case AttemptResult.Rejected it -> Spent.NOTHING;
      case AttemptResult.Unknown it -> Spent.NOTHING;
      case AttemptResult.Unreachable it -> Spent.NOTHING;
      case AttemptResult.TokenRefused it -> Spent.NOTHING;
      case AttemptResult.NoToken it -> Spent.NOTHING;
      case AttemptResult.Stale it ->
          unknown(facts); // it was most likely not read, but may have been
      case AttemptResult.Failed it -> heardOr(() -> unknown(facts), it.heard(), facts);
      case AttemptResult.Garbled it -> heardOr(() -> unknown(facts), it.heard(), facts);
      case AttemptResult.TimedOut it -> heardOr(() -> unknown(facts), it.heard(), facts);
      case AttemptResult.Reset it -> heardOr(() -> unknown(facts), it.heard(), facts);
    };
  }

  /** Of an answer that was made, to its end or not. */
  static Spent of(Heard heard, LazyFacts facts) {
    return heard.usage() != null
        ? new Spent.Reported(heard.usage())
        : new Spent.Estimated(prompt(facts.get()), tokens(heard.characters()));
  }

  /** Of a request that was sent, and of which nothing was heard. */
  static Spent unknown(LazyFacts facts) {
    RequestFacts known = facts.get();
    return new Spent.Unknown(prompt(known), TokenEstimate.ofAnswersAtMost(known));
  }

  /** Of an attempt that came to nothing: what it had said by then, or else this. */
  private static Spent heardOr(Supplier<Spent> otherwise, Heard heard, LazyFacts facts) {
    return heard.usage() != null || heard.characters() > 0 ? of(heard, facts) : otherwise.get();
  }

  private static Spent ofRefusal(Answer answer, LazyFacts facts) {
    boolean read =
        ErrorEnvelope.read(answer.bytes())
            .map(ErrorEnvelope::code)
            .filter(AFTER_READING::contains)
            .isPresent();
    return read ? new Spent.Unknown(prompt(facts.get()), 0L) : Spent.NOTHING;
  }

  private static long prompt(RequestFacts facts) {
    return TokenEstimate.ofPrompt(facts);
  }

  private static long tokens(long characters) {
    return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
  }
}

package dev.spillway.router.attempt;

import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.lookahead.Used;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AttemptResult;
import java.nio.charset.StandardCharsets;

/** Tells what came of an attempt to the account that was charged for it in advance. */
final class Settlement {

  private Settlement() {}

  static void of(Reservation reserved, AttemptResult result, Spent spent, long now) {
    of(reserved, result, now);
    used(reserved, spent, now);
  }

  /** What an answer has used; known of a stream only when it is over. */
  static void used(Reservation reserved, Spent spent, long now) {
    if (spent instanceof Spent.Reported reported) {
      Usage usage = reported.usage();
      reserved.used(new Used(usage.prompt() - usage.cached(), usage.completion()), now);
    }
  }

  private static String text(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private static void of(Reservation reserved, AttemptResult result, long now) {
    switch (result) {
      case AttemptResult.Succeeded it -> reserved.served(it.answer()::header, now);
      case AttemptResult.Unknown it -> reserved.unsent(now);
      case AttemptResult.Refused it -> reserved.declined(it.answer()::header, now);
      case AttemptResult.Failed it -> reserved.declined(it.answer()::header, now);
      case AttemptResult.Throttled it when it.answer().status() == 429 ->
          reserved.refused(it.answer()::header, () -> text(it.answer()), it.asked(), now);
      case AttemptResult.Throttled it -> reserved.unknown(now);
      case AttemptResult.Rejected it -> reserved.unsent(now);
      case AttemptResult.TokenRefused it -> reserved.unsent(now);
      case AttemptResult.NoToken it -> reserved.unsent(now);
      case AttemptResult.Unreachable it -> reserved.unsent(now);
      case AttemptResult.Stale it -> reserved.unsent(now);
      case AttemptResult.Garbled it -> reserved.unknown(now);
      case AttemptResult.TimedOut it -> reserved.unknown(now);
      case AttemptResult.Reset it -> reserved.unknown(now);
    }
  }
}

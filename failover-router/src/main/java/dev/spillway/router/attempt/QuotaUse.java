package dev.spillway.router.attempt;

import dev.spillway.router.trace.Purpose;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.Spent;
import java.util.OptionalLong;

/**
 * Tells how many tokens of its quota a caller has used with a request: those of the answer that it
 * got. What attempts have cost that failed is not its concern.
 */
final class QuotaUse {

  private QuotaUse() {}

  /** The tokens; empty where nobody knows, or not yet. */
  static OptionalLong by(RequestTrace trace) {
    long tokens = 0;
    for (RequestTrace.Work work : trace.works()) {
      if (work.purpose() != Purpose.LOST) {
        OptionalLong more = of(work.attempt().spent());
        if (more.isEmpty()) {
          return more;
        }
        tokens += more.getAsLong();
      }
    }
    return OptionalLong.of(tokens);
  }

  private static OptionalLong of(Spent spent) {
    return switch (spent) {
      case Spent.Nothing it -> OptionalLong.of(0);
      case Spent.Reported it -> OptionalLong.of(it.usage().prompt() + it.usage().completion());
      case Spent.Estimated it -> OptionalLong.of(it.prompt() + it.completion());
      case Spent.Pending it -> OptionalLong.empty();
      case Spent.Unknown it -> OptionalLong.empty();
    };
  }
}

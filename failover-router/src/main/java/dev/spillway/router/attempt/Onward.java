package dev.spillway.router.attempt;

import dev.spillway.router.plan.Detours;
import dev.spillway.router.upstream.AttemptResult;
import java.util.Optional;

/** Tells where a request may go on that was refused for its own sake. */
final class Onward {

  private Onward() {}

  /** The pool's name; nothing where the refusal is the caller's as it came. */
  static Optional<String> pool(AttemptResult result, Detours detours) {
    if (!(result instanceof AttemptResult.Refused refused)) {
      return Optional.empty();
    }
    return switch (refused.reason()) {
      case CONTEXT_LENGTH -> Optional.ofNullable(detours.contextLength());
      case CONTENT_FILTER -> Optional.ofNullable(detours.contentFilter());
      case ITSELF -> Optional.empty();
    };
  }
}

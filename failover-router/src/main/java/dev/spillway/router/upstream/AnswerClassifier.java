package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.upstream.AttemptResult.Failed;
import dev.spillway.router.upstream.AttemptResult.Garbled;
import dev.spillway.router.upstream.AttemptResult.Refused;
import dev.spillway.router.upstream.AttemptResult.Rejected;
import dev.spillway.router.upstream.AttemptResult.Succeeded;
import dev.spillway.router.upstream.AttemptResult.Throttled;
import dev.spillway.router.upstream.AttemptResult.Unknown;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells what an answer means, by its status and never by its reason phrase or its wording. */
final class AnswerClassifier {

  private AnswerClassifier() {}

  static AttemptResult classify(CallPlan call, Answer answer, Instant now) {
    return switch (answer.status()) {
      case 429 -> new Throttled(answer, wait(answer, now));
      case 503 -> unavailable(answer, now);
      case 408, 499 -> new Failed(answer);
      case 401, 403 -> new Rejected(answer);
      case 404 -> notFound(call, answer);
      default -> byClass(call, answer);
    };
  }

  private static AttemptResult notFound(CallPlan call, Answer answer) {
    if (hasCode(answer, "DeploymentNotFound")) {
      return new Rejected(answer);
    }
    return call.stay() instanceof Stay.Search ? new Unknown(answer) : new Refused(answer);
  }

  /** Whether an answer of this status can be followed by another attempt. */
  static boolean mayBeDiscarded(int status) {
    return switch (status) {
      case 401, 403, 404, 408, 429, 499 -> true;
      default -> status >= 500;
    };
  }

  private static AttemptResult unavailable(Answer answer, Instant now) {
    Optional<Duration> wait = wait(answer, now);
    return wait.isPresent() ? new Throttled(answer, wait) : new Failed(answer);
  }

  private static AttemptResult byClass(CallPlan call, Answer answer) {
    if (answer.status() >= 500) {
      return new Failed(answer);
    }
    if (answer.status() >= 400) {
      return call.stay() instanceof Stay.Search && hasCode(answer, "previous_response_not_found")
          ? new Unknown(answer)
          : new Refused(answer);
    }
    return switch (ExpectedJson.lookAt(call, answer)) {
      case ExpectedJson.Finding.Right right -> new Succeeded(answer.with(right.heard()));
      case ExpectedJson.Finding.Wrong wrong -> new Garbled(wrong.why());
    };
  }

  private static Optional<Duration> wait(Answer answer, Instant now) {
    return RetryAfter.of(
        answer::header, () -> new String(answer.bytes(), StandardCharsets.UTF_8), now);
  }

  private static boolean hasCode(Answer answer, String code) {
    return ErrorEnvelope.read(answer.bytes()).map(error -> code.equals(error.code())).orElse(false);
  }
}

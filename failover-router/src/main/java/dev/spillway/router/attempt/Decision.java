package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.upstream.Answer;
import java.time.Duration;

/** What is done next with a request. */
sealed interface Decision {

  /** Ask this backend, now. */
  record Send(Backend backend) implements Decision {}

  /** Everything rests; wait this long and look again. */
  record Wait(Duration length) implements Decision {}

  /** The last answer is the caller's, good or bad. */
  record Deliver(Backend backend, Answer answer) implements Decision {}

  /** Nothing more can be done. */
  record GiveUp(Reason reason) implements Decision {}

  /** Why a request is given up. */
  enum Reason {
    /** Every backend has been asked, or may not be. */
    EXHAUSTED,
    /** The number of attempts is used up. */
    ATTEMPTS,
    /** Another attempt might be paid for twice. */
    AMBIGUOUS,
    /** All requests together have retried enough. */
    BUDGET,
    /** The request's own time is over. */
    DEADLINE
  }
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.ratelimit.Permit;

/** What one deployment makes of a call, before anything of it is told or recorded. */
sealed interface Attempt {

  /** An answer, not settled yet. */
  record Taken(Answer answer, Permit permit) implements Attempt {}

  record Refused(Outcome.Refusal refusal) implements Attempt {}
}

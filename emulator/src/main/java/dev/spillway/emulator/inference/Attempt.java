package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Permit;
import dev.spillway.emulator.recording.RecordedAnswer;
import java.time.Instant;

/** What one deployment makes of a call, before anything of it is told or recorded. */
sealed interface Attempt {

  /** An answer, not settled yet. */
  record Taken(Answer answer, Permit permit) implements Attempt {}

  /** Let in to an answer that is there already, and not settled yet. */
  record Admitted(
      Deployment deployment, Admission.Admitted admission, RecordedAnswer recorded, Instant arrived)
      implements Attempt {}

  record Refused(Outcome.Refusal refusal) implements Attempt {}
}

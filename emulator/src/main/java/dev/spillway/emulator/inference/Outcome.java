package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.InvalidRequest;

/** What becomes of a call. */
public sealed interface Outcome {

  /** A whole answer, settled and recorded. */
  record Completed(Answer answer) implements Outcome {}

  /** An answer to be pulled piece by piece; closing it settles and records the call. */
  record Streaming(AnswerStream stream) implements Outcome {}

  /** The deployment's limits refuse it. */
  record Throttled(Deployment deployment, Denied denied) implements Outcome {}

  record DeploymentNotFound() implements Outcome {}

  /** The model engine refuses the body; the request was charged all the same. */
  record Invalid(Deployment deployment, InvalidRequest problem, LimitReadings readings)
      implements Outcome {}
}

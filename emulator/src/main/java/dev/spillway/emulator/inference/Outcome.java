package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.InvalidRequest;

/** What becomes of a call. */
public sealed interface Outcome {

  /** A whole answer, to be settled when it is sent. */
  record Completed(Answer answer, Settlement settlement) implements Outcome {}

  /** An answer to be pulled piece by piece; closing it settles and records the call. */
  record Streaming(AnswerStream stream) implements Outcome {}

  /** An answer that was recorded; closing it settles and records the call. */
  record Playing(Playback playback) implements Outcome {}

  record DeploymentNotFound() implements Outcome {}

  /**
   * A provisioned deployment refuses it, and so does the one that should have taken it instead.
   *
   * @param original what the provisioned deployment said, which is what the caller gets
   * @param status of the other's refusal
   */
  record SpilloverFailed(Refusal original, int status) implements Outcome {}

  /** A deployment refuses it. */
  sealed interface Refusal extends Outcome {

    Deployment deployment();

    /** The HTTP status it is told with. */
    int status();

    /** Whether a spillover, where there is one, takes the call instead. */
    default boolean spills() {
      return false;
    }
  }

  /** The windows of a Standard deployment refuse it. */
  record Throttled(Deployment deployment, Admission.Denied denied) implements Refusal {

    @Override
    public int status() {
      return 429;
    }
  }

  /** A provisioned deployment is in use beyond 100 %. */
  record Full(Deployment deployment, Admission.Full full) implements Refusal {

    @Override
    public int status() {
      return 429;
    }

    @Override
    public boolean spills() {
      return true;
    }
  }

  /** The prompt is longer than a provisioned deployment of its model takes. */
  record TooLong(Deployment deployment, InvalidRequest problem, LimitReadings readings)
      implements Refusal {

    @Override
    public int status() {
      return 400;
    }

    @Override
    public boolean spills() {
      return true;
    }
  }

  /**
   * The content filter withholds the prompt; the request was charged all the same.
   *
   * @param chargedTokens what the token limit was charged
   */
  record PromptBlocked(
      Deployment deployment, Verdict.Blocked verdict, LimitReadings readings, long chargedTokens)
      implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /**
   * The content filter withholds a picture; the request was charged all the same.
   *
   * @param chargedTokens what the token limit was charged
   */
  record PictureBlocked(
      Deployment deployment, Verdict.Blocked verdict, LimitReadings readings, long chargedTokens)
      implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /**
   * The caller names a content filter that there is not.
   *
   * @param chargedTokens what the token limit was charged
   */
  record NoSuchFilter(Deployment deployment, LimitReadings readings, long chargedTokens)
      implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /**
   * The model engine refuses the body; the request was charged all the same.
   *
   * @param chargedTokens what the token limit was charged
   */
  record Invalid(
      Deployment deployment, InvalidRequest problem, LimitReadings readings, long chargedTokens)
      implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /** The deployment's model cannot do what is asked; nothing was charged. */
  record NotSupported(Deployment deployment) implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /**
   * The gateway refuses members of the body that the deployment's model does not take; nothing was
   * charged.
   */
  record NotTaken(Deployment deployment, String message) implements Refusal {

    @Override
    public int status() {
      return 400;
    }
  }

  /** The deployment was told to fail; nothing was charged. */
  record Failed(Deployment deployment, Hit fault, LimitReadings readings) implements Refusal {

    @Override
    public int status() {
      return fault.status();
    }

    @Override
    public boolean spills() {
      return status() == 500 || status() == 503;
    }
  }
}

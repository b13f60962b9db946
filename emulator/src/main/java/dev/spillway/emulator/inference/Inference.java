package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.fault.Pauses;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.latency.Latencies;
import dev.spillway.emulator.latency.Pace;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.Permit;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.schema.StrictRules;
import dev.spillway.emulator.tokenizer.Tokenizers;
import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves one call: resolves the deployment, tries it, spills over where it refuses, settles,
 * records.
 */
public final class Inference {

  private final Deployments deployments;
  private final Engine engine;
  private final Spillover spillover;
  private final Latencies latencies;
  private final CallLog log;
  private final TimeSource time;

  public Inference(
      Deployments deployments,
      RateLimiters limiters,
      Tokenizers tokenizers,
      PromptCache cache,
      Authors authors,
      ContentFilters filters,
      StrictRules schemas,
      Latencies latencies,
      CallLog log,
      TimeSource time) {
    this.deployments = deployments;
    MediaTokens media = new MediaTokens(tokenizers);
    this.engine =
        new Engine(
            new Pauses(time),
            limiters,
            new Prompts(tokenizers, cache, media),
            authors,
            new Writer(tokenizers),
            new MediaMaker(media),
            new Embeddings(tokenizers),
            new Completions(tokenizers),
            filters,
            new SchemaRules(schemas));
    this.spillover = new Spillover(deployments);
    this.latencies = latencies;
    this.log = log;
    this.time = time;
  }

  /** What a call is tried with at a deployment. */
  private interface Trial {
    Attempt of(Deployment deployment, Instant arrived);
  }

  public Outcome serve(Call call) {
    return serve(call, (deployment, arrived) -> engine.attempt(call, deployment, arrived));
  }

  /**
   * Lets a call in to an answer that is there already, with all limits and errors of its
   * deployment.
   *
   * @param recorded asked when it is let in
   */
  public Outcome play(Call call, Supplier<RecordedAnswer> recorded) {
    return serve(call, (deployment, arrived) -> engine.admit(call, deployment, recorded, arrived));
  }

  private Outcome serve(Call call, Trial trial) {
    Instant arrived = time.instant();
    Optional<Deployment> deployment = deployments.find(call.deployment());
    if (deployment.isEmpty()) {
      log.noDeployment(call, arrived);
      return new Outcome.DeploymentNotFound();
    }
    return switch (trial.of(deployment.get(), arrived)) {
      case Attempt.Taken taken -> deliver(call, taken.answer(), taken.permit());
      case Attempt.Admitted admitted -> play(call, admitted, null);
      case Attempt.Refused refused -> refused(call, refused.refusal(), trial, arrived);
    };
  }

  private Outcome play(Call call, Attempt.Admitted admitted, @Nullable String spilledFrom) {
    return new Outcome.Playing(
        new Playback(
            admitted,
            spilledFrom,
            playback -> log.played(call, playback, playback.settle(), time.instant())));
  }

  private Outcome refused(Call call, Outcome.Refusal refusal, Trial trial, Instant arrived) {
    return switch (spillover.of(call, refusal)) {
      case Spillover.Way.None none -> {
        log.refused(call, refusal, arrived);
        yield refusal;
      }
      case Spillover.Way.To to -> spill(call, refusal, to.deployment(), trial, arrived);
      case Spillover.Way.Failed failed -> spilloverFailed(call, refusal, failed.status(), arrived);
    };
  }

  private Outcome spill(
      Call call, Outcome.Refusal refusal, Deployment target, Trial trial, Instant arrived) {
    return switch (trial.of(target, arrived)) {
      case Attempt.Admitted admitted -> {
        log.count(call, refusal);
        yield play(call, admitted, refusal.deployment().name());
      }
      case Attempt.Taken taken -> {
        log.count(call, refusal);
        Answer answer = taken.answer();
        yield deliver(
            call, answer.with(answer.served().insteadOf(refusal.deployment())), taken.permit());
      }
      case Attempt.Refused second -> {
        log.count(call, second.refusal());
        yield spilloverFailed(call, refusal, second.refusal().status(), arrived);
      }
    };
  }

  private Outcome spilloverFailed(
      Call call, Outcome.Refusal original, int status, Instant arrived) {
    log.refused(call, original, arrived);
    return new Outcome.SpilloverFailed(original, status);
  }

  private Outcome deliver(Call call, Answer written, Permit permit) {
    Answer answer = written.with(written.served().paced(pace(call, written)));
    boolean stream = answer.request().stream();
    var unused = call.origin().faults().answering(answer.deployment(), stream, stream);
    if (answer instanceof TextAnswer text && stream) {
      return new Outcome.Streaming(
          new AnswerStream(text, progress -> settle(call, answer, permit, progress)));
    }
    return new Outcome.Completed(
        answer, new Settlement(complete -> settle(call, answer, permit, complete)));
  }

  private Pace pace(Call call, Answer answer) {
    double utilization =
        answer.readings() instanceof LimitReadings.Bucket bucket ? bucket.utilization() : 0;
    return latencies.begin(
        answer.deployment(),
        answer.created(),
        answer.work(),
        utilization,
        call.origin().seed().random("latency"));
  }

  /** One that was left before it was sent is billed for what was written by then. */
  private void settle(Call call, Answer answer, Permit permit, boolean complete) {
    int all = answer.usage().completionTokens();
    if (complete) {
      settle(call, answer, permit, all, CallLog.End.COMPLETE);
    } else {
      int written = answer.pace().writtenAfter(time.nanoTime() - answer.pace().start());
      settle(call, answer, permit, Math.min(all, written), CallLog.End.CANCELLED);
    }
  }

  /** A stream that was left or broke off is billed for what it produced. */
  private void settle(Call call, Answer answer, Permit permit, AnswerStream.Progress progress) {
    int tokens = progress.complete() ? answer.usage().completionTokens() : progress.tokens();
    settle(call, answer, permit, tokens, CallLog.End.of(progress));
  }

  private void settle(
      Call call, Answer answer, Permit permit, int completionTokens, CallLog.End end) {
    latencies.end(answer.deployment().id());
    permit.settle(answer.usage().uncachedPromptTokens(), completionTokens);
    Answer given = answer.with(answer.served().cutTo(completionTokens));
    log.answered(call, given, permit.chargedTokens(), end, time.instant());
  }
}

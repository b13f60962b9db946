package dev.spillway.emulator.inference;

import dev.spillway.control.JournalEntry;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.Prose;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Permit;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedChat;
import dev.spillway.emulator.tokenizer.PromptTokens;
import dev.spillway.emulator.tokenizer.Tokenizers;
import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serves one call: resolves the deployment, charges and admits, answers, settles, records.
 *
 * <p>The order is the service's: the deployment is looked up first, then the quota is charged, and
 * only then does the engine look at the body. So a body that is refused has been charged.
 */
public final class Inference {

  private final Deployments deployments;
  private final RateLimiters limiters;
  private final Tokenizers tokenizers;
  private final Prose prose;
  private final CallLog log;
  private final TimeSource time;

  public Inference(
      Deployments deployments,
      RateLimiters limiters,
      Tokenizers tokenizers,
      Prose prose,
      CallLog log,
      TimeSource time) {
    this.deployments = deployments;
    this.limiters = limiters;
    this.tokenizers = tokenizers;
    this.prose = prose;
    this.log = log;
    this.time = time;
  }

  public Outcome serve(Call call) {
    Instant arrived = time.instant();
    Optional<Deployment> deployment = deployments.find(call.deployment());
    if (deployment.isEmpty()) {
      log.noDeployment(call, arrived);
      return new Outcome.DeploymentNotFound();
    }
    return switch (call.chat()) {
      case ParsedChat.Valid valid -> serve(call, deployment.get(), valid.request(), arrived);
      case ParsedChat.Refused refused -> refuse(call, deployment.get(), refused.problem(), arrived);
    };
  }

  private Outcome serve(Call call, Deployment deployment, ChatRequest request, Instant arrived) {
    return switch (limiters.admit(deployment, request)) {
      case Admission.Denied denied -> throttle(call, deployment, denied, arrived);
      case Admission.Admitted admitted -> {
        Answer answer = answer(call, deployment, request, admitted, arrived);
        yield request.stream()
            ? new Outcome.Streaming(stream(call, answer, admitted.permit()))
            : completed(call, answer, admitted.permit());
      }
    };
  }

  private Outcome refuse(
      Call call, Deployment deployment, InvalidRequest problem, Instant arrived) {
    return switch (limiters.admitUnreadable(deployment)) {
      case Admission.Denied denied -> throttle(call, deployment, denied, arrived);
      case Admission.Admitted admitted -> {
        admitted.permit().settle();
        log.invalid(call, deployment, problem, arrived);
        yield new Outcome.Invalid(deployment, problem, admitted.readings());
      }
    };
  }

  private Outcome throttle(
      Call call, Deployment deployment, Admission.Denied denied, Instant arrived) {
    log.throttled(call, deployment, denied, arrived);
    return new Outcome.Throttled(deployment, denied);
  }

  private Outcome completed(Call call, Answer answer, Permit permit) {
    settle(call, answer, permit, JournalEntry.COMPLETE);
    return new Outcome.Completed(answer);
  }

  private AnswerStream stream(Call call, Answer answer, Permit permit) {
    return new AnswerStream(
        answer,
        complete ->
            settle(
                call, answer, permit, complete ? JournalEntry.COMPLETE : JournalEntry.CANCELLED));
  }

  private Answer answer(
      Call call,
      Deployment deployment,
      ChatRequest request,
      Admission.Admitted admitted,
      Instant arrived) {
    ModelProfile model = deployment.model();
    List<Draft> choices = new ArrayList<>(request.choices());
    int completionTokens = 0;
    for (int i = 0; i < request.choices(); i++) {
      Draft draft = prose.write(request, model, call.origin().seed().choice(i));
      completionTokens += billed(draft, request, model);
      choices.add(draft);
    }
    int promptTokens =
        PromptTokens.count(request, model.modelClass(), tokenizers.of(model.encoding()));
    Usage usage = new Usage(promptTokens, completionTokens);
    return new Answer(deployment, request, arrived, choices, usage, admitted.readings());
  }

  /** Never more than was allowed, however little that was. */
  private static int billed(Draft draft, ChatRequest request, ModelProfile model) {
    int tokens = draft.tokens().size() + model.completionOverhead();
    Integer allowed = request.maxTokens();
    return allowed == null ? tokens : Math.min(tokens, allowed);
  }

  private void settle(Call call, Answer answer, Permit permit, String end) {
    permit.settle();
    log.answered(call, answer, permit.chargedTokens(), end);
  }
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.fault.Pauses;
import dev.spillway.emulator.filter.ContentFilter;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.emulator.request.EmbeddingsRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.MediaRequest;
import dev.spillway.emulator.request.ModelRequest;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.TextRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries one deployment: charges, admits and answers.
 *
 * <p>The order is the service's: the quota is charged first, and only then does anybody look at the
 * body: the content filter first, then the engine. So a body that is refused has been charged. What
 * the model cannot do at all, and an error that was asked for, come before all of that.
 */
final class Engine {

  private final Pauses pauses;
  private final RateLimiters limiters;
  private final Prompts prompts;
  private final Authors authors;
  private final Writer writer;
  private final MediaMaker maker;
  private final Embeddings embeddings;
  private final Completions completions;
  private final ContentFilters filters;
  private final SchemaRules schemas;

  Engine(
      Pauses pauses,
      RateLimiters limiters,
      Prompts prompts,
      Authors authors,
      Writer writer,
      MediaMaker maker,
      Embeddings embeddings,
      Completions completions,
      ContentFilters filters,
      SchemaRules schemas) {
    this.pauses = pauses;
    this.limiters = limiters;
    this.prompts = prompts;
    this.authors = authors;
    this.writer = writer;
    this.maker = maker;
    this.embeddings = embeddings;
    this.completions = completions;
    this.filters = filters;
    this.schemas = schemas;
  }

  Attempt attempt(Call call, Deployment deployment, Instant arrived) {
    if (!deployment.does(call.operation())) {
      return new Attempt.Refused(new Outcome.NotSupported(deployment));
    }
    Optional<String> notTaken = completions.notTaken(deployment.model(), call.body());
    if (notTaken.isPresent()) {
      return new Attempt.Refused(new Outcome.NotTaken(deployment, notTaken.get()));
    }
    return fault(call, deployment)
        .map(hit -> failed(deployment, hit))
        .orElseGet(() -> charged(call, deployment, arrived));
  }

  /**
   * Charges a call whose answer is there already, and lets it in, whatever the model can do; a body
   * that nobody here can read is charged as one request.
   */
  Attempt admit(
      Call call, Deployment deployment, Supplier<RecordedAnswer> recorded, Instant arrived) {
    Optional<Hit> fault = fault(call, deployment);
    if (fault.isPresent()) {
      return failed(deployment, fault.get());
    }
    return switch (admission(call.body(), deployment)) {
      case Admission.Denied denied -> throttled(deployment, denied);
      case Admission.Full full -> full(deployment, full);
      case Admission.Admitted admitted ->
          new Attempt.Admitted(deployment, admitted, recorded.get(), arrived);
    };
  }

  private Admission admission(ParsedBody body, Deployment deployment) {
    return switch (body) {
      case ParsedBody.Valid valid ->
          limiters.admit(
              deployment,
              valid.request(),
              () -> prompts.of(deployment, valid.request()).get().uncachedTokens());
      case ParsedBody.Refused refused -> limiters.admitUnreadable(deployment);
    };
  }

  /** What takes the answer's place, after all that comes before it. */
  private Optional<Hit> fault(Call call, Deployment deployment) {
    List<Hit> hits = call.origin().faults().asking(deployment, call.stream());
    pauses.pause(hits);
    return hits.stream().filter(hit -> !hit.isPause()).findFirst();
  }

  private Attempt failed(Deployment deployment, Hit hit) {
    return new Attempt.Refused(new Outcome.Failed(deployment, hit, limiters.read(deployment)));
  }

  private Attempt charged(Call call, Deployment deployment, Instant arrived) {
    return switch (call.body()) {
      case ParsedBody.Valid valid ->
          attempt(call, deployment, completions.read(deployment.model(), valid.request()), arrived);
      case ParsedBody.Refused refused -> refuse(deployment, refused.problem());
    };
  }

  private Attempt attempt(Call call, Deployment deployment, ModelRequest request, Instant arrived) {
    Supplier<Prompt> prompt = prompts.of(deployment, request);
    return switch (limiters.admit(deployment, request, () -> prompt.get().uncachedTokens())) {
      case Admission.Denied denied -> throttled(deployment, denied);
      case Admission.Full full -> full(deployment, full);
      case Admission.Admitted admitted -> {
        try {
          yield admitted(call, deployment, request, prompt.get(), admitted, arrived);
        } catch (RuntimeException | Error e) {
          admitted.permit().abandon();
          throw e;
        }
      }
    };
  }

  private Attempt admitted(
      Call call,
      Deployment deployment,
      ModelRequest request,
      Prompt prompt,
      Admission.Admitted admitted,
      Instant arrived) {
    Optional<InvalidRequest> forPtu = ContextLength.exceededForPtu(deployment, prompt);
    if (forPtu.isPresent()) {
      return tooLong(deployment, forPtu.get(), admitted);
    }
    Optional<ContentFilter> filter =
        filters.find(deployment.spec().contentFilter(), call.contentFilter());
    if (filter.isEmpty()) {
      return noSuchFilter(deployment, admitted);
    }
    Screening screening = filter.get().screen(request.texts());
    if (screening.prompt() instanceof Verdict.Blocked blocked) {
      return blocked(deployment, blocked, prompt, admitted);
    }
    return problem(deployment, request, prompt, screening)
        .map(problem -> invalid(deployment, problem, admitted))
        .or(() ->
            MediaMaker.withheld(request, screening)
                .map(verdict -> withheld(deployment, verdict, prompt, admitted)))
        .orElseGet(() -> answered(call, deployment, request, prompt, screening, admitted, arrived));
  }

  private Optional<InvalidRequest> problem(
      Deployment deployment, ModelRequest request, Prompt prompt, Screening screening) {
    String marker = screening.unreadableMarker();
    return marker != null
        ? Optional.of(unreadable(marker))
        : switch (request) {
          case MediaRequest media -> MediaRules.broken(deployment.model(), media);
          case CompletionRequest completion ->
              completions.problem(deployment.model(), completion, prompt);
          case TextRequest text ->
              ModelRules.broken(deployment.model(), text)
                  .or(() -> schemas.broken(text))
                  .or(() -> ContextLength.exceeded(deployment.model(), text, prompt));
          case EmbeddingsRequest vectors -> embeddings.problem(deployment.model(), vectors, prompt);
        };
  }

  private static InvalidRequest unreadable(String marker) {
    return new InvalidRequest(
        "The marker '"
            + marker
            + "' says nothing to the content filter of this emulator; write for example"
            + " [[filter:sexual:high]], [[filter:jailbreak]],"
            + " [[filter:completion:violence:medium]] or [[filter:error]].",
        "messages",
        null);
  }

  private static Attempt noSuchFilter(Deployment deployment, Admission.Admitted admitted) {
    admitted.permit().settle(0, 0);
    long charged = deployment.provisioned() ? 0 : admitted.permit().chargedTokens();
    return new Attempt.Refused(new Outcome.NoSuchFilter(deployment, admitted.readings(), charged));
  }

  /** The prompt was processed, and costs what it costs. */
  private static Attempt blocked(
      Deployment deployment, Verdict.Blocked verdict, Prompt prompt, Admission.Admitted admitted) {
    admitted.permit().settle(prompt.uncachedTokens(), 0);
    return new Attempt.Refused(
        new Outcome.PromptBlocked(
            deployment, verdict, admitted.readings(), admitted.permit().chargedTokens()));
  }

  private static Attempt withheld(
      Deployment deployment, Verdict.Blocked verdict, Prompt prompt, Admission.Admitted admitted) {
    admitted.permit().settle(prompt.uncachedTokens(), 0);
    return new Attempt.Refused(
        new Outcome.PictureBlocked(
            deployment, verdict, admitted.readings(), admitted.permit().chargedTokens()));
  }

  private Attempt refuse(Deployment deployment, InvalidRequest problem) {
    return switch (limiters.admitUnreadable(deployment)) {
      case Admission.Denied denied -> throttled(deployment, denied);
      case Admission.Full full -> full(deployment, full);
      case Admission.Admitted admitted -> invalid(deployment, problem, admitted);
    };
  }

  /** It has been charged all the same. */
  private static Attempt invalid(
      Deployment deployment, InvalidRequest problem, Admission.Admitted admitted) {
    admitted.permit().settle();
    return new Attempt.Refused(
        new Outcome.Invalid(
            deployment, problem, admitted.readings(), admitted.permit().chargedTokens()));
  }

  private static Attempt throttled(Deployment deployment, Admission.Denied denied) {
    return new Attempt.Refused(new Outcome.Throttled(deployment, denied));
  }

  private static Attempt full(Deployment deployment, Admission.Full full) {
    return new Attempt.Refused(new Outcome.Full(deployment, full));
  }

  /** It was let in, but costs nothing. */
  private Attempt tooLong(
      Deployment deployment, InvalidRequest problem, Admission.Admitted admitted) {
    admitted.permit().settle(0, 0);
    return new Attempt.Refused(new Outcome.TooLong(deployment, problem, limiters.read(deployment)));
  }

  private Attempt answered(
      Call call,
      Deployment deployment,
      ModelRequest request,
      Prompt prompt,
      Screening screening,
      Admission.Admitted admitted,
      Instant arrived) {
    CallSeed seed = call.origin().seed();
    return switch (request) {
      case MediaRequest media ->
          new Attempt.Taken(
              maker.make(seed, deployment, media, prompt, screening, admitted.readings(), arrived),
              admitted.permit());
      case TextRequest text ->
          switch (authors.of(call, deployment, text, arrived)) {
            case Author.Nobody nobody -> invalid(deployment, nobody.problem(), admitted);
            case Author.Somebody author -> {
              prompts.remember(deployment, prompt);
              TextAnswer answer =
                  writer.write(
                      author,
                      seed,
                      deployment,
                      text,
                      prompt,
                      screening,
                      admitted.readings(),
                      arrived);
              yield new Attempt.Taken(answer, admitted.permit());
            }
          };
      case EmbeddingsRequest vectors ->
          new Attempt.Taken(
              embeddings.answer(
                  deployment, vectors, prompt, screening, admitted.readings(), arrived),
              admitted.permit());
    };
  }
}

package dev.spillway.router.attempt;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tests of this package are made of. */
public final class Fixtures {

  static final Backend MICRO = backend("micro");
  static final Backend TURBO = backend("35turbo");
  static final Backend FRANCE = backend("france");

  private static final Terms TERMS =
      terms(Duration.ofMinutes(2), 5, Duration.ZERO, RetryAmbiguous.ONCE);
  private static final RequestId.Source IDS = new RequestId.Source("test");
  private static final Header JSON = new Header("Content-Type", "application/json");

  private Fixtures() {}

  public static Backend backend(String name) {
    return backend(name, name);
  }

  static Backend backend(String name, String quotaGroup) {
    return new Backend(
        name,
        URI.create("http://" + name),
        Api.azure(name, "2024-10-21"),
        Credential.NONE,
        Map.of(),
        quotaGroup);
  }

  public static CallPlan call() {
    return call(TERMS, null);
  }

  /** As in {@code GET}. */
  public static CallPlan callBy(String method) {
    return call(Caller.of("analysts"), method, TERMS, null);
  }

  static CallPlan callOn(Terms terms) {
    return call(terms, null);
  }

  static CallPlan callWithin(Duration deadline) {
    return call(TERMS, deadline);
  }

  /** The usual terms, but for these. */
  static Terms terms(
      Duration timeout, int maxAttempts, Duration maxWait, RetryAmbiguous retryAmbiguous) {
    return new Terms(StreamHold.DEFAULT, timeout, maxAttempts, maxWait, retryAmbiguous);
  }

  static CallPlan callOf(Priority priority) {
    return callOf(new Caller("analysts", priority, Set.of(), Quota.NONE));
  }

  private static CallPlan call(Terms terms, @Nullable Duration deadline) {
    return call(Caller.of("analysts"), "POST", terms, deadline);
  }

  static CallPlan callOf(Caller caller) {
    return call(caller, "POST", TERMS, null);
  }

  static CallPlan callConcerning(Stay stay, Terms terms) {
    return call(Caller.of("analysts"), "POST", terms, null, stay);
  }

  private static CallPlan call(
      Caller caller, String method, Terms terms, @Nullable Duration deadline) {
    return call(caller, method, terms, deadline, new Stay.Anywhere());
  }

  private static CallPlan call(
      Caller caller, String method, Terms terms, @Nullable Duration deadline, Stay stay) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return new CallPlan(
        Identity.of(IDS.next()),
        caller,
        method,
        "gpt",
        "pool",
        null,
        new AzureRoute.Dated("gpt", "chat/completions"),
        null,
        null,
        List.of(JSON),
        ReplayableBody.of(body),
        new LazyFacts(
            Optional.of(Operation.CHAT_COMPLETIONS), () -> new ByteArrayInputStream(body)),
        null,
        deadline,
        terms,
        null,
        stay);
  }

  static AttemptResult ok() {
    return new AttemptResult.Succeeded(answer(200, "{\"id\":1}"));
  }

  static AttemptResult stream() {
    return new AttemptResult.Succeeded(
        new Answer(200, List.of(), new AnswerBody.Arriving(new ByteArrayInputStream(new byte[0]))));
  }

  static AttemptResult throttled(Duration wait) {
    return new AttemptResult.Throttled(answer(429, "{}"), Optional.of(wait));
  }

  static AttemptResult throttledWithoutWait() {
    return new AttemptResult.Throttled(answer(429, "{}"), Optional.empty());
  }

  static AttemptResult unavailable(Duration wait) {
    return new AttemptResult.Throttled(answer(503, "{}"), Optional.of(wait));
  }

  static AttemptResult failed(int status) {
    return new AttemptResult.Failed(answer(status, "{\"error\":{}}"));
  }

  static AttemptResult htmlPage(int status) {
    Header html = new Header("Content-Type", "text/html");
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
    return new AttemptResult.Failed(new Answer(status, List.of(html), new AnswerBody.Whole(page)));
  }

  static AttemptResult rejected(int status) {
    return new AttemptResult.Rejected(answer(status, "{\"error\":{}}"));
  }

  static AttemptResult tokenRefused() {
    return new AttemptResult.TokenRefused(answer(401, "{\"error\":{}}"));
  }

  static AttemptResult noToken() {
    return new AttemptResult.NoToken("the endpoint is down");
  }

  static AttemptResult refused(int status) {
    return new AttemptResult.Refused(answer(status, "{\"error\":{}}"));
  }

  /** Too long for the model. */
  static AttemptResult tooLong() {
    return new AttemptResult.Refused(
        answer(400, "{\"error\":{\"message\":\"\",\"code\":\"context_length_exceeded\"}}"));
  }

  /** What the request concerns is not there. */
  static AttemptResult unknown() {
    return new AttemptResult.Unknown(answer(404, "{\"error\":{}}"));
  }

  /** A whole answer that says what it has used. */
  static AttemptResult ok(Usage usage) {
    Answer answer = answer(200, "{\"id\":1}");
    return new AttemptResult.Succeeded(
        new Answer(200, answer.headers(), answer.body(), new Heard(usage, 0, null)));
  }

  static AttemptResult unreachable() {
    return new AttemptResult.Unreachable("ConnectException");
  }

  static AttemptResult garbled() {
    return new AttemptResult.Garbled("the body is empty or broken JSON");
  }

  static AttemptResult reset() {
    return new AttemptResult.Reset("EofException");
  }

  private static Answer answer(int status, String body) {
    return new Answer(
        status, List.of(JSON), new AnswerBody.Whole(body.getBytes(StandardCharsets.UTF_8)));
  }
}

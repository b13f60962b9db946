package dev.spillway.router;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.EmptyAnswers;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.plan.LazyModel;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.RequestId;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls for tests. */
public final class CallPlans {

  private static final Terms TERMS =
      new Terms(StreamHold.DEFAULT, Duration.ofMinutes(2), 5, Duration.ZERO, RetryAmbiguous.ONCE);

  private CallPlans() {}

  public static CallPlan call(
      AzureRoute route, @Nullable String query, @Nullable String apiVersion, String json) {
    return call("POST", route, query, apiVersion, json, TERMS, new Stay.Anywhere());
  }

  /**
   * A call of a deployment.
   *
   * @param operation as in {@code chat/completions}
   */
  public static CallPlan call(
      String method, String operation, EmptyAnswers emptyAnswers, Stay stay) {
    Terms terms =
        new Terms(
            TERMS.hold(),
            TERMS.timeout(),
            TERMS.maxAttempts(),
            TERMS.maxWait(),
            TERMS.retryAmbiguous(),
            emptyAnswers,
            TERMS.detours());
    return call(method, new AzureRoute.Dated("gpt", operation), null, null, "", terms, stay);
  }

  private static CallPlan call(
      String method,
      AzureRoute route,
      @Nullable String query,
      @Nullable String apiVersion,
      String json,
      Terms terms,
      Stay stay) {
    ReplayableBody body = ReplayableBody.of(json.getBytes(StandardCharsets.UTF_8));
    return new CallPlan(
        Identity.of(new RequestId(0, "0")),
        Caller.ANYBODY,
        method,
        "gpt",
        "pool",
        null,
        route,
        query,
        apiVersion,
        List.of(),
        body,
        new LazyFacts(Operation.byPath(route.rest()), body::open),
        null,
        null,
        terms,
        new LazyModel(body, "application/json"),
        stay);
  }
}

package dev.spillway.router.plan;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.trace.RequestId;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion of a caller that is in this process, on the dated route.
 *
 * @param pool who may serve it
 * @param headers what is sent along
 * @param body as JSON
 * @param affinity what it has in common with the requests it belongs to; null for none
 * @param deadline how long the caller waits; null when it does not say
 * @param terms on what terms it is served
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ChatCall(
    RequestId id,
    Caller caller,
    String pool,
    List<Header> headers,
    byte[] body,
    @Nullable String affinity,
    @Nullable Duration deadline,
    Terms terms) {

  private static final Operation CHAT = Operation.CHAT_COMPLETIONS;

  public CallPlan plan() {
    return plan(pool, null);
  }

  /**
   * The plan, when the caller has named no pool but something that rules send to one.
   *
   * @param to the pool
   * @param routedBy the rule; null where there are none
   */
  public CallPlan plan(String to, @Nullable String routedBy) {
    ReplayableBody replayable = ReplayableBody.of(body);
    return new CallPlan(
        Identity.of(id),
        caller,
        "POST",
        pool,
        to,
        routedBy,
        new AzureRoute.Dated(pool, CHAT.path()),
        null,
        null,
        headers,
        replayable,
        new LazyFacts(Optional.of(CHAT), () -> new ByteArrayInputStream(body)),
        affinity,
        deadline,
        terms,
        new LazyModel(replayable, "application/json"),
        new Stay.Anywhere());
  }
}

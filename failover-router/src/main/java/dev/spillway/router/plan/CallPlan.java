package dev.spillway.router.plan;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.trace.SpanContext;
import dev.spillway.wire.AzureRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants, ready to be sent to any backend of a pool.
 *
 * @param identity what it is called
 * @param caller whose key came with the call
 * @param method as in {@code POST}
 * @param name the deployment, model or path that the caller named
 * @param pool who may serve it
 * @param routedBy the rule that chose the pool, and why it fits; null where there are no rules
 * @param route the shape of the path; a backend's own deployment takes the place of the caller's
 * @param query the query without the api-version, still escaped; null when nothing is left
 * @param apiVersion the caller's api-version, null when there was none
 * @param headers without credentials and without what concerns one connection only
 * @param body the caller's bytes; whoever made the plan closes it when the reply has been written
 * @param facts what they say that decides where they go
 * @param affinity what it has in common with the requests it belongs to; null for none
 * @param deadline how long the caller waits; null when it does not say
 * @param terms on what terms its route serves it
 * @param model where the body names the model that the call was routed by, or can name it; null
 *     where no backend's own model takes its place
 * @param stay whether it concerns something that is at one backend only
 */
public record CallPlan(
    Identity identity,
    Caller caller,
    String method,
    String name,
    String pool,
    @Nullable String routedBy,
    AzureRoute route,
    @Nullable String query,
    @Nullable String apiVersion,
    List<Header> headers,
    ReplayableBody body,
    LazyFacts facts,
    @Nullable String affinity,
    @Nullable Duration deadline,
    Terms terms,
    @Nullable LazyModel model,
    Stay stay) {

  private static final String TRACEPARENT = "traceparent";

  /**
   * The same as it is sent for an attempt, whose span a backend sees as its parent.
   *
   * @param number of the attempt, counted from 0
   */
  public CallPlan attempt(int number) {
    SpanContext span = identity.span();
    if (span == null) {
      return this;
    }
    List<Header> told = new ArrayList<>(headers.size() + 1);
    for (Header header : headers) {
      if (!header.name().equalsIgnoreCase(TRACEPARENT)) {
        told.add(header);
      }
    }
    told.add(new Header(TRACEPARENT, span.traceparent(number)));
    return new CallPlan(
        identity,
        caller,
        method,
        name,
        pool,
        routedBy,
        route,
        query,
        apiVersion,
        told,
        body,
        facts,
        affinity,
        deadline,
        terms,
        model,
        stay);
  }
}

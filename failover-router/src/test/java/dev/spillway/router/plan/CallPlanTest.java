package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.CallPlans;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.trace.SpanContext;
import dev.spillway.wire.AzureRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallPlanTest {

  private static final SpanContext SPAN =
      SpanContext.below("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01", null);
  private static final Header ACCEPT = new Header("Accept", "*/*");

  /** A backend that traces, too, hangs its own spans below the attempt. */
  @Test
  void eachAttemptIsTheParentOfWhatItsBackendDoes() {
    CallPlan call = call(SPAN, List.of(ACCEPT, new Header("TraceParent", "the caller's")));

    assertThat(call.attempt(0).headers())
        .containsExactly(ACCEPT, new Header("traceparent", SPAN.traceparent(0)));
    assertThat(call.attempt(1).headers())
        .containsExactly(ACCEPT, new Header("traceparent", SPAN.traceparent(1)))
        .doesNotContainAnyElementsOf(call.attempt(0).headers().subList(1, 2));
  }

  @Test
  void whereNobodyCollectsSpansTheCallersIsPassedOnAsItCame() {
    CallPlan call = call(null, List.of(ACCEPT, new Header("TraceParent", "the caller's")));

    assertThat(call.attempt(0).headers()).isEqualTo(call.headers());
  }

  @Test
  void aDetourThatACallerMayNotGoIsNone() {
    Detours detours = new Detours("large", "lenient");

    assertThat(detours.where("large"::equals)).isEqualTo(new Detours("large", null));
    assertThat(detours.where("lenient"::equals)).isEqualTo(new Detours(null, "lenient"));
    assertThat(detours.pools()).containsExactly("large", "lenient");
    assertThat(Detours.NONE.pools()).isEmpty();
  }

  private static CallPlan call(@Nullable SpanContext span, List<Header> headers) {
    CallPlan plain =
        CallPlans.call(new AzureRoute.Dated("gpt", "chat/completions"), null, null, "{}");
    return new CallPlan(
        new Identity(new RequestId(0, "0"), span),
        plain.caller(),
        plain.method(),
        plain.name(),
        plain.pool(),
        plain.routedBy(),
        plain.route(),
        plain.query(),
        plain.apiVersion(),
        headers,
        plain.body(),
        plain.facts(),
        plain.affinity(),
        plain.deadline(),
        plain.terms(),
        plain.model(),
        plain.stay());
  }
}

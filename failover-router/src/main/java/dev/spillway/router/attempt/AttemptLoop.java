package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.balancing.Balancer;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link AttemptPolicy} decides: the only code that sends, waits or records.
 *
 * <p>Knows no HTTP server, and blocks only through its {@link TimeSource} and its {@link Upstream}.
 */
public final class AttemptLoop {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLoop.class);

  /** What proxies write into their logs for a caller who did not wait. */
  private static final int CALLER_LEFT = 499;

  private final Map<String, Balancer> balancers;
  private final Limits limits;
  private final AttemptLimits attemptLimits;
  private final Upstream upstream;
  private final HealthBoard health;
  private final TraceRing traces;
  private final RouterMetrics metrics;
  private final TimeSource time;

  /**
   * A loop over some pools.
   *
   * @param balancers by the name of their pool
   */
  public AttemptLoop(
      Map<String, Balancer> balancers,
      Limits limits,
      Upstream upstream,
      HealthBoard health,
      TraceRing traces,
      RouterMetrics metrics,
      TimeSource time) {
    this.balancers = Map.copyOf(balancers);
    this.limits = limits;
    this.attemptLimits =
        new AttemptLimits(
            limits.firstByteTimeout(),
            limits.firstTokenTimeout(),
            limits.streamIdleTimeout(),
            limits.timeout());
    this.upstream = upstream;
    this.health = health;
    this.traces = traces;
    this.metrics = metrics;
    this.time = time;
  }

  /**
   * Serves one call. When the reply's answer still arrives, {@link #delivered} must follow.
   *
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Reply run(CallPlan call) throws InterruptedException {
    long start = time.nanoTime();
    List<Backend> order = Objects.requireNonNull(balancers.get(call.pool())).nextOrder();
    TraceBuilder trace = new TraceBuilder();
    try {
      return run(call, order, trace, start);
    } catch (InterruptedException e) {
      Ending left = new Ending.Failed(CALLER_LEFT, "499", "The caller left.");
      var unused = reply(call, left, "caller-left", trace, look(order, time.nanoTime()), start);
      throw e;
    }
  }

  private Reply run(CallPlan call, List<Backend> order, TraceBuilder trace, long start)
      throws InterruptedException {
    Budget budget = Budget.of(limits, start);
    History history = History.EMPTY;
    while (true) {
      long now = time.nanoTime();
      List<Candidate> candidates = look(order, now);
      Decision decision = AttemptPolicy.next(history, candidates, budget, now);
      trace.decided(decision, candidates);
      switch (decision) {
        case Decision.Send send -> history = send(send.backend(), call, budget, history, trace);
        case Decision.Wait wait -> {
          time.sleep(wait.length());
          history = history.afterWait(wait.length());
        }
        case Decision.Deliver it -> {
          Ending ending = new Ending.Passed(it.backend(), it.answer());
          return reply(call, ending, "answered", trace, candidates, start);
        }
        case Decision.GiveUp it -> {
          Ending ending = Endings.of(it.reason(), history, candidates);
          String why = it.reason().name().toLowerCase(Locale.ROOT);
          return reply(call, ending, why, trace, candidates, start);
        }
      }
    }
  }

  /** Records how an answer that arrived while it was passed on has ended. */
  public void delivered(Reply reply, Delivery delivery) {
    traces.delivered(reply.trace(), delivery);
    if (delivery == Delivery.CUT && reply.ending() instanceof Ending.Passed passed) {
      LOG.warn("{} broke off in the middle of its answer", passed.backend().name());
      metrics.streamCut();
      health.failed(passed.backend(), time.nanoTime());
    }
  }

  private List<Candidate> look(List<Backend> order, long now) {
    List<Candidate> candidates = new ArrayList<>(order.size());
    for (Backend backend : order) {
      candidates.add(new Candidate(backend, health.state(backend, now)));
    }
    return candidates;
  }

  private History send(
      Backend backend, CallPlan call, Budget budget, History history, TraceBuilder trace)
      throws InterruptedException {
    history.last().ifPresent(last -> countFailover(last, backend));
    long sent = time.nanoTime();
    AttemptResult result = upstream.send(backend, call, attemptLimits.within(budget.left(sent)));
    long now = time.nanoTime();
    trace.attempted(backend, result, Duration.ofNanos(now - sent));
    metrics.attempted(backend.name(), result.word());
    learn(backend, result, now);
    return history.plus(new Attempt(backend, result));
  }

  private void countFailover(Attempt last, Backend next) {
    if (!last.backend().equals(next)) {
      metrics.failedOver(last.backend().name(), next.name(), last.result().word());
    }
  }

  private void learn(Backend backend, AttemptResult result, long now) {
    switch (result) {
      case AttemptResult.Succeeded it -> health.served(backend, now);
      case AttemptResult.Refused it -> {} // the caller's fault says nothing about the backend
      case AttemptResult.Throttled it -> health.throttled(backend, it.asked(), now);
      case AttemptResult.Rejected it -> quarantine(backend, it, now);
      case AttemptResult.Failed it -> health.failed(backend, now);
      case AttemptResult.Garbled it -> health.failed(backend, now);
      case AttemptResult.TimedOut it -> health.failed(backend, now);
      case AttemptResult.Reset it -> health.failed(backend, now);
      case AttemptResult.Unreachable it -> health.unreachable(backend, now);
      case AttemptResult.Stale it -> {} // the connection was old, the backend may be well
    }
  }

  private void quarantine(Backend backend, AttemptResult.Rejected rejected, long now) {
    LOG.warn(
        "{} answers {}: check its api-key and its deployment; the others serve meanwhile",
        backend.name(),
        rejected.word());
    health.quarantine(backend, now);
  }

  private Reply reply(
      CallPlan call,
      Ending ending,
      String why,
      TraceBuilder steps,
      List<Candidate> candidates,
      long start) {
    RequestTrace trace =
        new RequestTrace(
            traces.nextNumber(),
            time.instant(),
            call.caller(),
            call.method(),
            call.name(),
            call.route().rest(),
            call.pool(),
            candidates.stream().map(candidate -> candidate.backend().name()).toList(),
            steps.steps(),
            why,
            ending.status(),
            backendOf(ending),
            Duration.ofNanos(time.nanoTime() - start),
            arrives(ending) ? Delivery.STARTED : Delivery.COMPLETE);
    traces.add(trace);
    metrics.answered(call.pool(), ending.status());
    return new Reply(ending, trace);
  }

  private static @Nullable String backendOf(Ending ending) {
    return ending instanceof Ending.Passed passed ? passed.backend().name() : null;
  }

  private static boolean arrives(Ending ending) {
    return ending instanceof Ending.Passed passed && passed.answer().isArriving();
  }
}

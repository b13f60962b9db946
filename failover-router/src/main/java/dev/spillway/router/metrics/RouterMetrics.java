package dev.spillway.router.metrics;

import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.Step;
import dev.spillway.router.trace.Witness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The router's counters. No label ever holds what a caller chose freely. */
public final class RouterMetrics implements Witness {

  private record Failover(String from, String to, String reason) {}

  private record Attempt(String backend, String result) {}

  private record Answer(String pool, int status) {}

  private record Refusal(String caller, String limit) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Failover, Counter> failovers = new ConcurrentHashMap<>();
  private final Map<Attempt, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<Answer, Counter> requests = new ConcurrentHashMap<>();
  private final Map<Refusal, Counter> refusals = new ConcurrentHashMap<>();
  private final Counter leaked =
      Counter.builder("leaked_429")
          .description("Throttling answers that reached a caller")
          .register(registry);
  private final Counter cutStreams =
      Counter.builder("cut_streams")
          .description("Streams that broke off after their first byte had reached a caller")
          .register(registry);

  @Override
  public void answered(RequestTrace trace) {
    Step.@Nullable Attempted last = null;
    for (Step step : trace.steps()) {
      if (step instanceof Step.Attempted attempted) {
        attempted(attempted);
        if (last != null && !last.backend().equals(attempted.backend())) {
          failedOver(last.backend(), attempted.backend(), last.result());
        }
        last = attempted;
      }
    }
    answered(trace.asked().pool(), trace.outcome().status());
    if (trace.overQuota().isPresent()) {
      refused(trace.asked().caller(), trace.overQuota().get().limit());
    } else if (trace.outcome().status() == 429) {
      leaked.increment();
    }
  }

  private void refused(String caller, String limit) {
    refusals.computeIfAbsent(new Refusal(caller, limit), this::register).increment();
  }

  @Override
  public void finished(RequestTrace trace) {
    if (trace.course().delivery() == Delivery.CUT) {
      cutStreams.increment();
    }
  }

  private void failedOver(String from, String to, String reason) {
    failovers.computeIfAbsent(new Failover(from, to, reason), this::register).increment();
  }

  private void attempted(Step.Attempted attempted) {
    attempts
        .computeIfAbsent(new Attempt(attempted.backend(), attempted.result()), this::register)
        .increment();
  }

  private void answered(String pool, int status) {
    requests.computeIfAbsent(new Answer(pool, status), this::register).increment();
  }

  /** Everything in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  private Counter register(Failover key) {
    return Counter.builder("failovers")
        .description("Requests that went on from one backend to the next")
        .tags(Tags.of("from", key.from, "to", key.to, "reason", key.reason))
        .register(registry);
  }

  private Counter register(Attempt key) {
    return Counter.builder("attempts")
        .description("Requests sent to a backend")
        .tags(Tags.of("backend", key.backend, "result", key.result))
        .register(registry);
  }

  private Counter register(Refusal key) {
    return Counter.builder("caller_quota_refusals")
        .description("Requests of callers that had used up their quota")
        .tags(Tags.of("caller", key.caller, "limit", key.limit))
        .register(registry);
  }

  private Counter register(Answer key) {
    return Counter.builder("requests")
        .description("Answers given to callers")
        .tags(Tags.of("pool", key.pool, "status", Integer.toString(key.status)))
        .register(registry);
  }
}

package dev.spillway.router.metrics;

import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.Refused;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.RequestTrace.Work;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Step;
import dev.spillway.router.trace.Witness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is counted and measured. No label ever holds what a caller chose freely; {@code
 * docs/metrics.md} lists all of it.
 */
public final class RouterMetrics implements Witness {

  private static final Duration[] ADDED = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100)
  };
  private static final Duration[] ANSWERS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(120)
  };

  private record Failover(String from, String to, String reason) {}

  private record Attempt(String pool, String backend, String result) {}

  private record Answer(String pool, int status) {}

  private record Refusal(String caller, String limit) {}

  private record Tokens(
      String pool, String backend, String caller, String purpose, String known, String kind) {}

  private static final Set<Delivery> CUT = EnumSet.of(Delivery.CUT, Delivery.ROUTER_STOPPED);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Failover, Counter> failovers = new ConcurrentHashMap<>();
  private final Map<Attempt, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<Answer, Counter> requests = new ConcurrentHashMap<>();
  private final Map<Refusal, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<Integer, Counter> refused = new ConcurrentHashMap<>();
  private final Map<Tokens, Counter> tokens = new ConcurrentHashMap<>();
  private final Map<String, Timer> attemptTimes = new ConcurrentHashMap<>();
  private final Map<String, Timer> firstTokens = new ConcurrentHashMap<>();
  private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();
  private final LookAheadCounters lookAhead = new LookAheadCounters(registry);
  private final BackendGauges backends = new BackendGauges(registry);
  private volatile Supplier<List<BackendReading>> readings = List::of;
  private final Counter leaked =
      Counter.builder("leaked_429")
          .description("Throttling answers that reached a caller")
          .register(registry);
  private final Counter cutStreams =
      Counter.builder("cut_streams")
          .description("Streams that broke off after their first byte had reached a caller")
          .register(registry);
  private final Timer added =
      Timer.builder("added_latency")
          .description("The router's own part of the time until an answer begins")
          .serviceLevelObjectives(ADDED)
          .register(registry);

  /** Says how the backends are; asked at each scrape. */
  public void readBackends(Supplier<List<BackendReading>> now) {
    readings = now;
  }

  @Override
  public void answered(RequestTrace trace) {
    String pool = trace.asked().pool();
    Duration own = trace.outcome().took();
    Step.@Nullable Attempted last = null;
    int sent = 0;
    for (Step step : trace.steps()) {
      switch (step) {
        case Step.Attempted attempt -> {
          attempted(pool, attempt);
          if (last != null && !last.backend().equals(attempt.backend())) {
            failedOver(last.backend(), attempt.backend(), last.result());
          }
          own = own.minus(attempt.took());
          last = attempt;
          sent++;
        }
        case Step.Waited waited -> own = own.minus(waited.length());
        case Step.Skipped skipped -> {}
        case Step.Routed routed -> {}
        case Step.Concerned concerned -> {}
        case Step.OverQuota overQuota -> {}
        case Step.NoRoom noRoom -> {}
        case Step.Full full -> {}
        case Step.TooSmall small -> {}
        case Step.Spilled spilled -> {}
      }
    }
    lookAhead.count(trace.steps());
    added.record(own.isNegative() ? Duration.ZERO : own); // who leaves does not wait to the end
    traffic.computeIfAbsent(pool, this::register).add(sent);
    answered(pool, trace.outcome().status());
    if (trace.overQuota().isPresent()) {
      overQuota(trace.asked().caller(), trace.overQuota().get().limit());
    } else if (trace.outcome().status() == 429) {
      leaked.increment();
    }
  }

  private void overQuota(String caller, String limit) {
    refusals.computeIfAbsent(new Refusal(caller, limit), this::register).increment();
  }

  @Override
  public void finished(RequestTrace trace) {
    if (CUT.contains(trace.course().delivery())) {
      cutStreams.increment();
    }
    for (Work work : trace.works()) {
      spent(trace, work);
    }
  }

  @Override
  public void refused(Refused request) {
    refused.computeIfAbsent(request.status(), this::refusals).increment();
  }

  private void failedOver(String from, String to, String reason) {
    failovers.computeIfAbsent(new Failover(from, to, reason), this::register).increment();
  }

  private void attempted(String pool, Step.Attempted attempt) {
    attempts
        .computeIfAbsent(new Attempt(pool, attempt.backend(), attempt.result()), this::register)
        .increment();
    attemptTimes.computeIfAbsent(attempt.backend(), this::attemptTime).record(attempt.took());
    if (attempt.firstToken() != null) {
      firstTokens.computeIfAbsent(attempt.backend(), this::firstToken).record(attempt.firstToken());
    }
  }

  private void answered(String pool, int status) {
    requests.computeIfAbsent(new Answer(pool, status), this::register).increment();
  }

  private void spent(RequestTrace trace, Work work) {
    switch (work.attempt().spent()) {
      case Spent.Nothing nothing -> {}
      case Spent.Pending pending -> {}
      case Spent.Reported it -> {
        count(trace, work, "reported", "prompt", it.usage().prompt());
        count(trace, work, "reported", "cached", it.usage().cached());
        count(trace, work, "reported", "completion", it.usage().completion());
      }
      case Spent.Estimated it -> {
        count(trace, work, "estimated", "prompt", it.prompt());
        count(trace, work, "estimated", "completion", it.completion());
      }
      case Spent.Unknown it -> {
        Long completion = it.completion();
        count(trace, work, "at-most", "prompt", it.prompt());
        count(trace, work, "at-most", "completion", completion == null ? 0 : completion);
      }
    }
  }

  private void count(RequestTrace trace, Work work, String known, String kind, long amount) {
    if (amount > 0) {
      Tokens key =
          new Tokens(
              trace.asked().pool(),
              work.attempt().backend(),
              trace.asked().caller(),
              work.purpose().name().toLowerCase(Locale.ROOT),
              known,
              kind);
      tokens.computeIfAbsent(key, this::register).increment((double) amount);
    }
  }

  /** Everything in Prometheus' text format. */
  public synchronized String scrape() {
    backends.show(readings.get());
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
        .tags(Tags.of("pool", key.pool, "backend", key.backend, "result", key.result))
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

  private Counter register(Tokens key) {
    return Counter.builder("tokens")
        .description("Tokens that the attempts have cost")
        .tags(Tags.of("pool", key.pool, "backend", key.backend, "caller", key.caller))
        .tags(Tags.of("class", key.purpose, "known", key.known, "kind", key.kind))
        .register(registry);
  }

  private Counter refusals(int status) {
    return Counter.builder("refused")
        .description("Requests that no backend was asked for")
        .tags(Tags.of("status", Integer.toString(status)))
        .register(registry);
  }

  private Traffic register(String pool) {
    Traffic counted = new Traffic();
    var unused =
        Gauge.builder("amplification_ratio", counted, Traffic::ratio)
            .description("Attempts for each request since the start")
            .tags(Tags.of("pool", pool))
            .register(registry);
    return counted;
  }

  private Timer attemptTime(String backend) {
    return Timer.builder("attempt_duration")
        .description("An attempt until its answer could be judged")
        .tags(Tags.of("backend", backend))
        .serviceLevelObjectives(ANSWERS)
        .register(registry);
  }

  private Timer firstToken(String backend) {
    return Timer.builder("time_to_first_token")
        .description("An attempt until its stream said something")
        .tags(Tags.of("backend", backend))
        .serviceLevelObjectives(ANSWERS)
        .register(registry);
  }
}

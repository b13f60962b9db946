package dev.spillway.router.metrics;

import dev.spillway.router.trace.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the look-ahead has saved, and what it has not foreseen. */
final class LookAheadCounters {

  private record Skip(String backend, String reason) {}

  private final MeterRegistry registry;
  private final Map<Skip, Counter> skips = new ConcurrentHashMap<>();
  private final Map<String, Counter> unforeseen = new ConcurrentHashMap<>();

  LookAheadCounters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts one request. A backend that was asked against hope was not passed over. */
  void count(List<Step> steps) {
    Map<String, String> expected = new HashMap<>();
    for (Step step : steps) {
      switch (step) {
        case Step.NoRoom it -> expected.put(it.backend(), it.of());
        case Step.Full it -> expected.put(it.backend(), "throughput");
        case Step.TooSmall it -> {}
        case Step.Spilled it -> expected.put(it.backend(), "spill");
        case Step.Attempted it -> {
          boolean foreseen = expected.remove(it.backend()) != null;
          if (!foreseen && it.result().equals("429")) {
            unforeseen.computeIfAbsent(it.backend(), this::register).increment();
          }
        }
        case Step.Skipped it -> {}
        case Step.Waited it -> {}
        case Step.Routed it -> {}
        case Step.OverQuota it -> {}
        case Step.Concerned it -> {}
      }
    }
    expected.forEach((backend, reason) ->
        skips.computeIfAbsent(new Skip(backend, reason), this::register).increment());
  }

  private Counter register(Skip key) {
    return Counter.builder("look_ahead_skips")
        .description("Requests that passed a backend over which would have refused them")
        .tags(Tags.of("backend", key.backend, "reason", key.reason))
        .register(registry);
  }

  private Counter register(String backend) {
    return Counter.builder("unforeseen_429")
        .description("Throttling answers of a backend that had not been expected")
        .tags(Tags.of("backend", backend))
        .register(registry);
  }
}

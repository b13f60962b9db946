package dev.spillway.emulator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * Counts calls by deployment, operation and status, and tokens by deployment and kind; times
 * answers; shows the limits of deployments and what is left of them.
 *
 * <p>A deployment's name is a label only when the deployment exists, so that callers cannot make up
 * labels.
 */
public final class EmulatorMetrics {

  /**
   * What a gauge shows of a deployment.
   *
   * @param limit which of its limits: {@code tokens} or {@code requests}
   */
  public record Level(String resource, String deployment, String limit, double value) {}

  /** A gauge with a row for each deployment's limit, read when it is asked for. */
  public enum Gauge {
    LIMIT("spillway.emulator.limit", "What a deployment's window holds"),
    REMAINING("spillway.emulator.remaining", "What is left of it"),
    UTILIZATION("spillway.emulator.utilization", "Percent of a provisioned deployment in use");

    private final String meter;
    private final String description;

    Gauge(String meter, String description) {
      this.meter = meter;
      this.description = description;
    }
  }

  private static final Duration[] BUCKETS =
      LongStream.of(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Label(String resource, String deployment, String of) {

    Tags tags() {
      return Tags.of("resource", resource, "deployment", deployment);
    }
  }

  private record Answered(Label label, int status) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Gauge, MultiGauge> gauges = new EnumMap<>(Gauge.class);
  private final ConcurrentHashMap<Answered, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Label, Counter> tokens = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Label, Timer> answers = new ConcurrentHashMap<>();

  public EmulatorMetrics() {
    for (Gauge gauge : Gauge.values()) {
      gauges.put(
          gauge, MultiGauge.builder(gauge.meter).description(gauge.description).register(registry));
    }
  }

  /**
   * Counts a call that was answered.
   *
   * @param operation its path below the deployment, such as {@code chat/completions}
   */
  public void call(String resource, String deployment, String operation, int status) {
    calls
        .computeIfAbsent(
            new Answered(new Label(resource, deployment, operation), status), this::callCounter)
        .increment();
  }

  /**
   * Counts tokens.
   *
   * @param kind {@code charged}, {@code prompt} or {@code completion}
   */
  public void tokens(String resource, String deployment, String kind, long count) {
    tokens
        .computeIfAbsent(new Label(resource, deployment, kind), this::tokenCounter)
        .increment((double) count);
  }

  /**
   * Times an answer from the call's arrival to the answer's end, by the emulator's clock.
   *
   * @param kind {@code whole} or {@code stream}
   */
  public void answered(String resource, String deployment, String kind, Duration took) {
    answers.computeIfAbsent(new Label(resource, deployment, kind), this::answerTimer).record(took);
  }

  /** Shows these and forgets what the gauge has shown before. */
  public void show(Gauge gauge, List<Level> levels) {
    List<MultiGauge.Row<Number>> rows =
        levels.stream()
            .<MultiGauge.Row<Number>>map(level -> MultiGauge.Row.of(tags(level), level.value()))
            .toList();
    Objects.requireNonNull(gauges.get(gauge)).register(rows, true);
  }

  private static Tags tags(Level level) {
    return new Label(level.resource(), level.deployment(), level.limit())
        .tags()
        .and("limit", level.limit());
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  private Counter callCounter(Answered call) {
    return Counter.builder("spillway.emulator.requests")
        .description("Calls answered, by deployment, operation and status")
        .tags(call.label().tags())
        .tag("operation", call.label().of())
        .tag("status", Integer.toString(call.status()))
        .register(registry);
  }

  private Timer answerTimer(Label label) {
    return Timer.builder("spillway.emulator.answer")
        .description("From a call's arrival to its answer's end, by the emulator's clock")
        .tags(label.tags())
        .tag("kind", label.of())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter tokenCounter(Label label) {
    return Counter.builder("spillway.emulator.tokens")
        .description("Tokens charged on arrival, and billed for prompts and completions")
        .tags(label.tags())
        .tag("kind", label.of())
        .register(registry);
  }
}

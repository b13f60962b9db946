package dev.spillway.emulator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts calls by deployment and status, and tokens by deployment and kind; shows the utilization
 * of provisioned deployments.
 *
 * <p>A deployment's name is a label only when the deployment exists, so that callers cannot make up
 * labels.
 */
public final class EmulatorMetrics {

  /** How full a deployment is, in percent. */
  public record Level(String resource, String deployment, double percent) {}

  private record Label(String resource, String deployment, String of) {

    Tags tags() {
      return Tags.of("resource", resource, "deployment", deployment);
    }
  }

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge utilization =
      MultiGauge.builder("spillway.emulator.utilization")
          .description("Percent of a provisioned deployment in use")
          .register(registry);
  private final ConcurrentHashMap<Label, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Label, Counter> tokens = new ConcurrentHashMap<>();

  public void call(String resource, String deployment, int status) {
    calls
        .computeIfAbsent(
            new Label(resource, deployment, Integer.toString(status)), this::callCounter)
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

  /** Shows how much of each provisioned deployment is in use, in percent, and of no other. */
  public void utilization(List<Level> levels) {
    List<MultiGauge.Row<Number>> rows =
        levels.stream()
            .<MultiGauge.Row<Number>>map(level ->
                MultiGauge.Row.of(
                    Tags.of("resource", level.resource(), "deployment", level.deployment()),
                    level.percent()))
            .toList();
    utilization.register(rows, true);
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  private Counter callCounter(Label label) {
    return Counter.builder("spillway.emulator.requests")
        .description("Calls answered, by deployment and status")
        .tags(label.tags())
        .tag("status", label.of())
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

package dev.spillway.emulator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts calls by deployment and status, and tokens by deployment and kind; shows the utilization
 * of provisioned deployments.
 *
 * <p>A deployment's name is a label only when the deployment exists, so that callers cannot make up
 * labels.
 */
public final class EmulatorMetrics {

  private record Label(String deployment, String of) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge utilization =
      MultiGauge.builder("spillway.emulator.utilization")
          .description("Percent of a provisioned deployment in use")
          .register(registry);
  private final ConcurrentHashMap<Label, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Label, Counter> tokens = new ConcurrentHashMap<>();

  public void call(String deployment, int status) {
    calls
        .computeIfAbsent(new Label(deployment, Integer.toString(status)), this::callCounter)
        .increment();
  }

  /**
   * Counts tokens.
   *
   * @param kind {@code charged}, {@code prompt} or {@code completion}
   */
  public void tokens(String deployment, String kind, long count) {
    tokens
        .computeIfAbsent(new Label(deployment, kind), this::tokenCounter)
        .increment((double) count);
  }

  /** Shows how much of each provisioned deployment is in use, in percent, and of no other. */
  public void utilization(Map<String, Double> percents) {
    List<MultiGauge.Row<Number>> rows = new ArrayList<>();
    percents.forEach((deployment, percent) ->
        rows.add(MultiGauge.Row.of(Tags.of("deployment", deployment), percent)));
    utilization.register(rows, true);
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  private Counter callCounter(Label label) {
    return Counter.builder("spillway.emulator.requests")
        .description("Calls answered, by deployment and status")
        .tag("deployment", label.deployment())
        .tag("status", label.of())
        .register(registry);
  }

  private Counter tokenCounter(Label label) {
    return Counter.builder("spillway.emulator.tokens")
        .description("Tokens charged on arrival, and billed for prompts and completions")
        .tag("deployment", label.deployment())
        .tag("kind", label.of())
        .register(registry);
  }
}

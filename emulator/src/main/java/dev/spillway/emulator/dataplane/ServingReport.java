package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.model.Reports;
import tools.jackson.core.JsonGenerator;

/**
 * What answers of newer models tell of how they were made; of other models' answers nothing.
 *
 * @param reports how much of it
 */
record ServingReport(Reports reports, String replica, LatencyCheckpoint latency) {

  static ServingReport of(ChatShape shape, Exchange exchange, Answer answer) {
    Reports reports = answer.deployment().model().reports();
    return new ServingReport(
        shape.reports() ? reports : Reports.NOTHING,
        ModelSession.replica(answer.deployment()),
        LatencyCheckpoint.of(exchange.seed(), answer));
  }

  boolean isThere() {
    return reports != Reports.NOTHING;
  }

  boolean cacheWrites() {
    return reports == Reports.CACHE_WRITES;
  }

  void writeLatency(JsonGenerator json) {
    if (isThere()) {
      latency.write(json);
    }
  }

  void writeRouting(JsonGenerator json) {
    if (isThere()) {
      json.writeObjectPropertyStart("routing");
      json.writeStringProperty("serving_pipereplica", replica);
      json.writeEndObject();
    }
  }

  void writeServiceTier(JsonGenerator json) {
    if (isThere()) {
      json.writeStringProperty("service_tier", "default");
    }
  }
}

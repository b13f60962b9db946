package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.CompletionDetails;
import dev.spillway.emulator.inference.Usage;
import tools.jackson.core.JsonGenerator;

/** Writes {@code usage}, members in alphabetical order. */
final class ChatUsage {

  private final ChatShape shape;
  private final ServingReport report;

  ChatUsage(ChatShape shape, ServingReport report) {
    this.shape = shape;
    this.report = report;
  }

  /**
   * Writes it.
   *
   * @param whole whether it is the answer's, which has the latencies inside; a stream has them
   *     beside it
   */
  void write(JsonGenerator json, Usage usage, boolean whole) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("completion_tokens", usage.completionTokens());
    if (shape.usageDetails()) {
      completion(json, usage.details());
    }
    if (whole) {
      report.writeLatency(json);
    }
    json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    if (shape.usageDetails()) {
      prompt(json, usage);
    }
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeEndObject();
  }

  private static void completion(JsonGenerator json, CompletionDetails details) {
    json.writeObjectPropertyStart("completion_tokens_details");
    json.writeNumberProperty("accepted_prediction_tokens", details.accepted());
    json.writeNumberProperty("audio_tokens", 0);
    json.writeNumberProperty("reasoning_tokens", details.reasoning());
    json.writeNumberProperty("rejected_prediction_tokens", details.rejected());
    json.writeEndObject();
  }

  private void prompt(JsonGenerator json, Usage usage) {
    json.writeObjectPropertyStart("prompt_tokens_details");
    json.writeNumberProperty("audio_tokens", 0);
    if (report.cacheWrites()) {
      json.writeNumberProperty("cache_write_tokens", usage.cacheWriteTokens());
    }
    json.writeNumberProperty("cached_tokens", usage.cachedTokens());
    json.writeEndObject();
  }
}

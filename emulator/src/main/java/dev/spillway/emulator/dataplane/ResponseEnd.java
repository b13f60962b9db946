package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.request.ResponsesRequest;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a response that was created: completed, incomplete or failed. */
final class ResponseEnd {

  private ResponseEnd() {}

  /** The same response with its answer. */
  static ObjectNode answered(
      ObjectNode created,
      ResponseShape shape,
      ResponsesRequest request,
      TextAnswer answer,
      ResponseOutput output,
      Instant now) {
    Draft draft = answer.choices().getFirst().draft();
    String why = ResponseOutput.incompleteBecause(draft);
    ObjectNode body = created.deepCopy();
    body.put("status", why == null ? "completed" : "incomplete");
    if (shape.since2026() && why == null) {
      body.put("completed_at", now.getEpochSecond());
    }
    body.set("content_filters", ResponseFilters.of(request, answer));
    if (why != null) {
      body.putObject("incomplete_details").put("reason", why);
    }
    output.items().forEach(body.withArray("output")::add);
    if (body.path("service_tier").asString("").equals("auto")) {
      body.put("service_tier", "default");
    }
    body.set("usage", usage(answer.usage(), draft.reasoningTokens()));
    return body;
  }

  /** The same response, broken off without a word why. */
  static ObjectNode failed(ObjectNode created) {
    return created.deepCopy().put("status", "failed");
  }

  private static ObjectNode usage(Usage usage, int reasoningTokens) {
    ObjectNode node = ResponseJson.NODES.objectNode();
    node.put("input_tokens", usage.promptTokens());
    ObjectNode input = node.putObject("input_tokens_details");
    input.put("cache_write_tokens", usage.cacheWriteTokens());
    input.put("cached_tokens", usage.cachedTokens());
    node.put("output_tokens", usage.completionTokens());
    node.putObject("output_tokens_details").put("reasoning_tokens", reasoningTokens);
    return node.put("total_tokens", usage.totalTokens());
  }
}

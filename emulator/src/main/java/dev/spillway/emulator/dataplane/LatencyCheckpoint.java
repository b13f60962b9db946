package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.inference.Usage;
import java.util.SplittableRandom;
import tools.jackson.core.JsonGenerator;

/**
 * {@code latency_checkpoint}: how long the parts of an answer took, in milliseconds.
 *
 * <p>Nothing of it is measured. It follows from the call's seed and the numbers of tokens, and its
 * parts agree: the last token comes as many times the time between tokens after the first as there
 * are tokens after it, the service takes longer than its engine, and its user sees the first token
 * when what comes before the inference is taken off.
 *
 * @param engineTbt between two tokens
 * @param engineTtft until the first token
 * @param engineTtlt until the last token
 */
record LatencyCheckpoint(
    int engineTbt,
    int engineTtft,
    int engineTtlt,
    int preInference,
    int serviceTbt,
    int serviceTtft,
    int serviceTtlt) {

  static LatencyCheckpoint of(CallSeed seed, Usage usage) {
    SplittableRandom random = seed.random("latency_checkpoint");
    int later = Math.max(0, usage.completionTokens() - 1);
    int engineTbt = random.nextInt(8, 16);
    int engineTtft = random.nextInt(50, 110) + usage.uncachedPromptTokens() / 100;
    int preInference = random.nextInt(40, 80);
    int serviceTbt = engineTbt + random.nextInt(3);
    int serviceTtft = preInference + engineTtft + random.nextInt(300, 500);
    return new LatencyCheckpoint(
        engineTbt,
        engineTtft,
        engineTtft + engineTbt * later,
        preInference,
        serviceTbt,
        serviceTtft,
        serviceTtft + serviceTbt * later);
  }

  int userVisibleTtft() {
    return serviceTtft - preInference;
  }

  void write(JsonGenerator json) {
    json.writeObjectPropertyStart("latency_checkpoint");
    json.writeNumberProperty("engine_tbt_ms", engineTbt);
    json.writeNumberProperty("engine_ttft_ms", engineTtft);
    json.writeNumberProperty("engine_ttlt_ms", engineTtlt);
    json.writeNumberProperty("pre_inference_ms", preInference);
    json.writeNumberProperty("service_tbt_ms", serviceTbt);
    json.writeNumberProperty("service_ttft_ms", serviceTtft);
    json.writeNumberProperty("service_ttlt_ms", serviceTtlt);
    json.writeNumberProperty("user_visible_ttft_ms", userVisibleTtft());
    json.writeEndObject();
  }
}

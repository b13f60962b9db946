package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.latency.Pace;
import java.util.SplittableRandom;
import tools.jackson.core.JsonGenerator;

/**
 * {@code latency_checkpoint}: how long the parts of an answer took, in milliseconds.
 *
 * <p>Of an answer that takes time, {@code service_*} are the moments at which its first and last
 * token are sent, from the call's arrival on. What its parts were follows from the call's seed, and
 * of an answer that takes no time everything does. The parts agree: the service takes longer than
 * its engine, and its user sees the first token when what comes before the inference is taken off.
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

  private static final double NANOS = 1_000_000;

  static LatencyCheckpoint of(CallSeed seed, Answer answer) {
    SplittableRandom random = seed.random("latency_checkpoint");
    return answer.pace().isNone()
        ? madeUp(random, answer.usage())
        : done(random, answer.pace(), answer.request().stream());
  }

  private static LatencyCheckpoint madeUp(SplittableRandom random, Usage usage) {
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

  /** The service's own time before and after the engine's is as usual, unless that is too much. */
  private static LatencyCheckpoint done(SplittableRandom random, Pace pace, boolean stream) {
    double first = pace.first() / NANOS;
    double last = pace.whole() / NANOS;
    double sentFirst = stream ? pace.sent(1) / NANOS : first;
    double preInference = Math.min(random.nextInt(40, 80), first / 8);
    double after = Math.min(random.nextInt(300, 400), (first - preInference) * 0.8);
    double engineTtft = first - preInference - after;
    int later = Math.max(1, pace.tokens() - 1);
    return new LatencyCheckpoint(
        millis((last - first) / later),
        millis(engineTtft),
        millis(engineTtft + last - first),
        millis(preInference),
        millis((last - sentFirst) / later),
        millis(sentFirst),
        millis(last));
  }

  private static int millis(double time) {
    return (int) Math.round(time);
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

package dev.spillway.emulator.fault;

import dev.spillway.control.FaultPreset;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A 429 of the collection.
 *
 * <p>In its body and headers {@code {deployment}}, {@code {model}}, {@code {region}}, {@code
 * {tier}}, {@code {operation}}, {@code {api}} and {@code {reduced-tokens}} stand for those of the
 * call.
 *
 * @param told what the collection says of it
 * @param headers beside those that every answer of the gateway has
 */
public record Preset(FaultPreset told, int status, Map<String, String> headers, String body) {

  /** When to come back, where it says so above zero. */
  public Optional<Duration> retryAfter(Instant now) {
    return RetryAfter.of(
        name ->
            headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null),
        () -> body,
        now);
  }

  /** The same with what the call puts in its places. */
  public Preset filled(UnaryOperator<String> fill) {
    Map<String, String> filled = new java.util.LinkedHashMap<>();
    headers.forEach((name, value) -> filled.put(name, fill.apply(value)));
    return new Preset(told, status, filled, fill.apply(body));
  }
}

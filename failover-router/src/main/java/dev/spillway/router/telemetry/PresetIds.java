package dev.spillway.router.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * The ids that a span must have because backends have been told of them already. Spans are made by
 * one thread after the other, each with its own.
 */
final class PresetIds implements IdGenerator {

  private record Ids(String traceId, String spanId) {}

  private static final ThreadLocal<Ids> NEXT = new ThreadLocal<>();

  private final IdGenerator otherwise = IdGenerator.random();

  /** The next span that this thread begins has these. */
  void next(String traceId, String spanId) {
    NEXT.set(new Ids(traceId, spanId));
  }

  @Override
  public String generateTraceId() {
    Ids ids = NEXT.get();
    return ids == null ? otherwise.generateTraceId() : ids.traceId;
  }

  @Override
  public String generateSpanId() {
    Ids ids = NEXT.get();
    NEXT.remove();
    return ids == null ? otherwise.generateSpanId() : ids.spanId;
  }
}

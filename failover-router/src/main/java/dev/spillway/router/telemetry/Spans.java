package dev.spillway.router.telemetry;

import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.SpanContext;
import dev.spillway.router.trace.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a span of every request and of every attempt, where somebody collects them. */
public interface Spans extends Witness, AutoCloseable {

  /** For those who collect none. */
  static Spans none() {
    return new NoSpans();
  }

  /**
   * Spans that are sent by OTLP, as the {@code OTEL_*} variables and these properties have it; what
   * sends them is loaded now.
   *
   * @param peers the backends by their names
   */
  static Spans sent(Map<String, String> properties, Function<String, Optional<Peer>> peers) {
    return new OtlpSpans(properties, peers);
  }

  /**
   * Gives a request its place in the caller's trace, or in one of its own; null where nobody
   * collects spans.
   */
  @Nullable SpanContext begin(Function<String, @Nullable String> header);

  @Override
  default void answered(RequestTrace trace) {
    // it is made at its end
  }

  @Override
  void close();
}

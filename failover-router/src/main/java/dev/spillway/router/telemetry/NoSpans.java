package dev.spillway.router.telemetry;

import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.SpanContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** For those who collect no spans: whatever stands in a caller's headers is passed on. */
final class NoSpans implements Spans {

  @Override
  public @Nullable SpanContext begin(Function<String, @Nullable String> header) {
    return null;
  }

  @Override
  public void finished(RequestTrace trace) {
    // nobody asks
  }

  @Override
  public void close() {
    // nothing is open
  }
}

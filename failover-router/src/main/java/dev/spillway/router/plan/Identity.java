package dev.spillway.router.plan;

import dev.spillway.router.trace.RequestId;
import dev.spillway.router.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called here, and elsewhere.
 *
 * @param span its place in a distributed trace; null where nobody collects spans
 */
public record Identity(RequestId id, @Nullable SpanContext span) {

  public static Identity of(RequestId id) {
    return new Identity(id, null);
  }
}

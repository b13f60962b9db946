package dev.spillway.router.trace;

import org.jspecify.annotations.Nullable;

/**
 * A request's place in a distributed trace, as W3C's {@code traceparent} says it.
 *
 * @param traceId 32 hexadecimal digits
 * @param parent the caller's span, 16 hexadecimal digits; null where the trace begins here
 * @param span the request's own
 * @param sampled whether the span is collected
 * @param state the caller's {@code tracestate}; null for none
 */
public record SpanContext(
    String traceId,
    @Nullable String parent,
    String span,
    boolean sampled,
    @Nullable String state) {}

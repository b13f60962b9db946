package dev.spillway.router.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    String traceId, @Nullable String parent, String span, boolean sampled, @Nullable String state) {

  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);
  private static final String NO_SPAN = "0".repeat(16);
  private static final HexFormat HEX = HexFormat.of();

  /** A place below the caller's span; at the beginning of a trace where its header says nothing. */
  public static SpanContext below(@Nullable String traceparent, @Nullable String tracestate) {
    Matcher parent = PARENT.matcher(traceparent == null ? "" : traceparent);
    if (!parent.matches() || parent.group(1).equals(NO_TRACE) || parent.group(2).equals(NO_SPAN)) {
      return new SpanContext(random() + random(), null, random(), true, null);
    }
    boolean sampled = (Integer.parseInt(parent.group(3), 16) & 1) == 1;
    return new SpanContext(parent.group(1), parent.group(2), random(), sampled, tracestate);
  }

  private static String random() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }

  /** The same, collected or not. */
  public SpanContext sampledIf(boolean collected) {
    return new SpanContext(traceId, parent, span, collected, state);
  }

  /** The span of the attempt with this number, counted from 0. */
  public String attempt(int number) {
    return HEX.toHexDigits(HexFormat.fromHexDigitsToLong(span) ^ ((number + 1L) << 48));
  }

  /** What a backend is told of that attempt. */
  public String traceparent(int number) {
    return "00-" + traceId + "-" + attempt(number) + (sampled ? "-01" : "-00");
  }
}

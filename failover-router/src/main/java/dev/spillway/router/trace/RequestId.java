package dev.spillway.router.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request is called in its answer, in traces, in logs and in spans.
 *
 * @param number counted from 0 since the start
 * @param text unlike that of any other request, of this router and of others
 */
public record RequestId(long number, String text) {

  @Override
  public String toString() {
    return text;
  }

  /** Makes them: eight random digits for the router's start, and the number. */
  public static final class Source {

    private static final HexFormat HEX = HexFormat.of();

    private final String start;
    private final AtomicLong next = new AtomicLong();

    public Source() {
      this(HEX.toHexDigits(ThreadLocalRandom.current().nextInt()));
    }

    /** A source whose ids begin alike in every run. */
    public Source(String start) {
      this.start = start;
    }

    public RequestId next() {
      long number = next.getAndIncrement();
      return new RequestId(number, start + '-' + HEX.toHexDigits(number, 8));
    }
  }
}

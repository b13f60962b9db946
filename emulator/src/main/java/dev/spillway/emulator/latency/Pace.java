package dev.spillway.emulator.latency;

/**
 * When the parts of one answer are due; planned when its call is taken, and kept.
 *
 * <p>Nothing is due later because something else was late: every time counts from the call's
 * arrival.
 */
public final class Pace {

  /** Of an answer that takes no time. */
  public static final Pace NONE = new Pace(0, new long[1], 0, false);

  private final long start;
  private final long[] written;
  private final long burstInterval;
  private final boolean waitsWhileFrozen;

  /**
   * @param start when the call came
   * @param written when the model has written each token, from the start
   * @param burstInterval 0 where every token is sent as soon as it is written
   */
  Pace(long start, long[] written, long burstInterval, boolean waitsWhileFrozen) {
    this.start = start;
    this.written = written;
    this.burstInterval = burstInterval;
    this.waitsWhileFrozen = waitsWhileFrozen;
  }

  public boolean isNone() {
    return this == NONE;
  }

  /** When the call came, by the clock's nanoseconds. */
  public long start() {
    return start;
  }

  /** How many tokens it is about. */
  public int tokens() {
    return written.length;
  }

  /** Until the model has written the n-th token, from 1; of one past the end, the last. */
  public long written(int token) {
    return written[Math.clamp(token, 1, written.length) - 1];
  }

  /** Until the last token is written, and an answer that is not streamed can be sent. */
  public long whole() {
    return written[written.length - 1];
  }

  /** Until a stream may begin. */
  public long first() {
    return written[0];
  }

  /**
   * Until the n-th token of a stream is sent, from 1: as soon as it is written, or with the burst
   * that follows, or with the answer's end where that is sooner.
   */
  public long sent(int token) {
    long at = written(token);
    if (burstInterval == 0) {
      return at;
    }
    long bursts = (at - first()) / burstInterval + 1;
    return Math.min(whole(), first() + bursts * burstInterval);
  }

  /** How many tokens are written so long after the start. */
  public int writtenAfter(long nanos) {
    int count = 0;
    while (count < written.length && written[count] <= nanos) {
      count++;
    }
    return count;
  }

  /** Whether waits last while the clock stands still. */
  public boolean waitsWhileFrozen() {
    return waitsWhileFrozen;
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.latency.Pace;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;

/**
 * Holds an answer back until its parts are due; for one thread.
 *
 * <p>It waits until moments and not for durations, so that what comes late once does not make the
 * rest late. What is written before a wait is sent before it; pieces that are due already go
 * together.
 */
final class Pacer {

  /** What is to be done before a wait. */
  interface Flush {
    void flush() throws IOException;
  }

  /** How often it looks, by the clock, whether the caller has left. */
  private static final long LOOK_EVERY = 250_000_000L;

  private final TimeSource time;
  private final Pace pace;
  private final Flush flush;
  private final Listener listener;
  private int choice;
  private int tokens;

  Pacer(TimeSource time, Pace pace, Flush flush, Listener listener) {
    this.time = time;
    this.pace = pace;
    this.flush = flush;
    this.listener = listener;
  }

  static Pacer of(TimeSource time, Pace pace, Arrival arrival) {
    return new Pacer(
        time, pace, () -> arrival.ctx().res().flushBuffer(), Listener.of(arrival.ctx()));
  }

  /** Waits until an answer that is not streamed can be sent. */
  void untilWhole() throws IOException {
    until(pace.whole());
  }

  /** Waits until a stream may begin. */
  void untilFirst() throws IOException {
    until(pace.first());
  }

  /** Waits until this piece may be sent, after all that was written before it is sent. */
  void before(Piece piece) throws IOException {
    if (pace.isNone()) {
      return;
    }
    if (piece.choice() != choice) { // choices are written at the same time
      choice = piece.choice();
      tokens = 0;
    }
    switch (piece) {
      case Piece.Start start -> {}
      case Piece.Token token -> next();
      case Piece.CallStart start -> sent(tokens + 1);
      case Piece.CallArguments arguments -> next();
      case Piece.End end -> {}
      case Piece.Reading reading -> {}
    }
  }

  private void next() throws IOException {
    tokens++;
    sent(tokens);
  }

  private void sent(int token) throws IOException {
    long due = pace.sent(token);
    if (left(due) > 0) {
      flush.flush();
      until(due);
    }
  }

  private void until(long due) throws IOException {
    long end = pace.start() + due;
    for (long left = left(due); left > 0; left = left(due)) {
      if (left > LOOK_EVERY && listener.hasLeft()) {
        throw new EofException("the caller left while it waited");
      }
      // who sleeps through a freeze is woken by whoever moves the clock, and cannot look around
      sleep(time.isFrozen() ? end : Math.min(end, time.nanoTime() + LOOK_EVERY));
      if (time.isFrozen() && !pace.waitsWhileFrozen()) {
        return;
      }
    }
  }

  private void sleep(long end) throws IOException {
    try {
      if (pace.waitsWhileFrozen()) {
        time.sleepUntil(end);
      } else {
        time.sleepWhileRunning(end);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EofException(e);
    }
  }

  private long left(long due) {
    return pace.isNone() ? 0 : pace.start() + due - time.nanoTime();
  }
}

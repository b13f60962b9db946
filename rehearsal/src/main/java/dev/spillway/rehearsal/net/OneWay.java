package dev.spillway.rehearsal.net;

import dev.spillway.time.Gate;
import dev.spillway.time.TimeSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One way of a connection: takes any number of bytes at once, and ends once. */
final class OneWay {

  private final String name;
  private final TimeSource time;
  private final Deque<ByteBuffer> bytes = new ArrayDeque<>();
  private boolean ended;
  private @Nullable Gate news;

  OneWay(String name, TimeSource time) {
    this.name = name;
    this.time = time;
  }

  void write(ByteBuffer some) {
    if (some.hasRemaining()) {
      bytes.add(some);
      tell();
    }
  }

  void end() {
    ended = true;
    tell();
  }

  private void tell() {
    Gate waiting = news;
    if (waiting != null) {
      news = null;
      waiting.open();
    }
  }

  boolean isEnded() {
    return ended;
  }

  boolean isEmpty() {
    return bytes.isEmpty();
  }

  /** What comes next, to be read from; null when there is nothing. */
  @Nullable ByteBuffer peek() {
    while (!bytes.isEmpty() && !bytes.element().hasRemaining()) {
      bytes.remove();
    }
    return bytes.peek();
  }

  /**
   * Waits until there is something, or the end.
   *
   * @throws LateException when there is neither by then
   */
  void await(long by) throws LateException, InterruptedException {
    if (peek() == null && !ended) {
      Gate next = time.gate(name);
      news = next;
      if (!next.passBy(by)) {
        throw new LateException();
      }
    }
  }
}

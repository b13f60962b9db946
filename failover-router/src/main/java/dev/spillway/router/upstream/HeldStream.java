package dev.spillway.router.upstream;

import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.upstream.StreamStart.Sign;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps a stream's first bytes back until it is clear that this backend serves it.
 *
 * <p>It blocks on the thread that asked for the answer, which has nothing else to do.
 */
final class HeldStream {

  /** A stream is let go with its start when that is longer than this. */
  private static final int LONGEST_START = 64 * 1024;

  private static final int BUFFER_BYTES = 8 * 1024;

  /** What became of it. */
  sealed interface Verdict {

    /** All its bytes, from the first one. */
    record Serves(InputStream all) implements Verdict {}

    record Failed(StreamError error) implements Verdict {}

    record Broken(String why) implements Verdict {}
  }

  private final InputStream stream;
  private final StreamHold hold;
  private final int maxBuffered;
  private final LongSupplier nanoTime;
  private final StreamStart start = new StreamStart();
  private final StreamEnd end;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(BUFFER_BYTES);

  /**
   * A stream from its first byte.
   *
   * @param end told of its bytes when it is kept back to its end
   * @param maxBuffered the longest stream that is kept back to its end
   */
  HeldStream(
      InputStream stream, StreamEnd end, StreamHold hold, int maxBuffered, LongSupplier nanoTime) {
    this.stream = stream;
    this.end = end;
    this.hold = hold;
    this.maxBuffered = maxBuffered;
    this.nanoTime = nanoTime;
  }

  /**
   * Waits until it is clear.
   *
   * @param onContent called when the stream has said something
   * @throws IOException when the backend breaks off first
   */
  Verdict await(Runnable onContent) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    Sign sign = new Sign.Nothing();
    while (sign instanceof Sign.Nothing && held.size() <= LONGEST_START) {
      int read = stream.read(buffer);
      if (read < 0) {
        return new Verdict.Broken("the stream ended before it said anything");
      }
      held.write(buffer, 0, read);
      sign = start.feed(buffer, read);
    }
    return switch (sign) {
      case Sign.Failure failure -> new Verdict.Failed(failure.error());
      case Sign.Broken broken -> new Verdict.Broken(broken.why());
      case Sign.Nothing nothing -> serves();
      case Sign.Content content -> {
        onContent.run();
        yield more(buffer);
      }
    };
  }

  private Verdict more(byte[] buffer) throws IOException {
    return switch (hold) {
      case StreamHold.UntilContent it -> serves();
      case StreamHold.ForAWhile it -> keep(buffer, it.window());
      case StreamHold.UntilItsEnd it -> keep(buffer, Duration.ofDays(1));
    };
  }

  private Verdict keep(byte[] buffer, Duration window) throws IOException {
    long until = nanoTime.getAsLong() + window.toNanos();
    end.feed(held.toByteArray(), held.size());
    while (held.size() < maxBuffered && nanoTime.getAsLong() - until < 0) {
      int read = stream.read(buffer);
      if (read < 0) {
        return end.isComplete()
            ? serves()
            : new Verdict.Broken("the stream ended before it was complete");
      }
      held.write(buffer, 0, read);
      end.feed(buffer, read);
      switch (start.feed(buffer, read)) {
        case Sign.Failure failure -> {
          return new Verdict.Failed(failure.error());
        }
        case Sign.Broken broken -> {
          return new Verdict.Broken(broken.why());
        }
        case Sign.Nothing nothing -> {}
        case Sign.Content content -> {}
      }
    }
    return serves();
  }

  /** What it has said; asked when it has failed, so that one that serves costs nothing. */
  Heard heard(Optional<Operation> operation) {
    UsageMeter meter = UsageMeter.of(operation);
    meter.feed(held.toByteArray(), held.size());
    return meter.heard();
  }

  private Verdict serves() {
    InputStream first = new ByteArrayInputStream(held.toByteArray());
    return new Verdict.Serves(new SequenceInputStream(first, stream));
  }
}

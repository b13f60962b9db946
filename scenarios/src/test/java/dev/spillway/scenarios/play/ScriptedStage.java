package dev.spillway.scenarios.play;

import dev.spillway.control.EmulatorControl;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.time.TimeSource;
import dev.spillway.time.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A stage whose router gives the answers that it is told, on a clock that moves with who waits. */
final class ScriptedStage implements Stage {

  /** What comes of a body, one piece at a time, each so much later. */
  record Piece(Duration after, String text) {}

  /** An answer, and whether its connection breaks at its end. */
  record Scripted(int status, List<Header> headers, List<Piece> pieces, boolean breaks) {}

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final Deque<Scripted> answers = new ArrayDeque<>();
  private final List<HttpCall> calls = new ArrayList<>();

  ScriptedStage answers(int status, String body, Header... headers) {
    answers.add(
        new Scripted(
            status, List.of(headers), List.of(new Piece(Duration.ofMillis(10), body)), false));
    return this;
  }

  ScriptedStage streams(boolean breaks, String... events) {
    List<Piece> pieces = new ArrayList<>();
    for (String event : events) {
      pieces.add(new Piece(Duration.ofMillis(10), "data: " + event + "\n\n"));
    }
    Header type = new Header("Content-Type", "text/event-stream; charset=utf-8");
    answers.add(new Scripted(200, List.of(type), pieces, breaks));
    return this;
  }

  List<HttpCall> calls() {
    return calls;
  }

  Duration now() {
    return Duration.ofNanos(clock.nanoTime());
  }

  @Override
  public TimeSource time() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public void sleep(Duration duration) {
        clock.advance(duration);
      }

      @Override
      public Instant instant() {
        return clock.instant();
      }
    };
  }

  @Override
  public Reply send(HttpCall call) throws IOException {
    calls.add(call);
    Scripted answer = answers.removeFirst();
    clock.advance(Duration.ofMillis(10));
    if (answer.status() == 0) {
      throw new IOException("connection refused");
    }
    return new Reply() {
      @Override
      public int status() {
        return answer.status();
      }

      @Override
      public List<Header> headers() {
        return answer.headers();
      }

      @Override
      public InputStream body() {
        return new Body(answer);
      }

      @Override
      public void close() {}
    };
  }

  private final class Body extends InputStream {

    private final Deque<Piece> left;
    private final boolean breaks;

    Body(Scripted answer) {
      left = new ArrayDeque<>(answer.pieces());
      breaks = answer.breaks();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left.isEmpty()) {
        if (breaks) {
          throw new IOException("connection reset");
        }
        return -1;
      }
      Piece next = left.removeFirst();
      clock.advance(next.after());
      return new ByteArrayInputStream(next.text().getBytes(StandardCharsets.UTF_8))
          .read(buffer, offset, length);
    }
  }

  @Override
  public EmulatorControl emulator() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void play(List<Part> parts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

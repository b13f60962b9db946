package dev.spillway.emulator.dataplane;

import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultAction.Drip;
import dev.spillway.control.FaultPlace.Phase;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.inference.AnswerStream;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events on its way to the caller, as well or as badly as the faults of its call want
 * it. Its chunks are counted from 1; what comes before the answer itself is none.
 */
final class EventStream {

  /** Who settles and records a stream. */
  interface Log {

    /** It is not what it should be. */
    void spoilt(String reason);

    /** It ends here, in whatever way. */
    void settle();

    /** Of what was recorded before it began. */
    Log NONE =
        new Log() {
          @Override
          public void spoilt(String reason) {}

          @Override
          public void settle() {}
        };

    static Log of(AnswerStream stream) {
      return new Log() {
        @Override
        public void spoilt(String reason) {
          stream.fail(reason);
        }

        @Override
        public void settle() {
          stream.close();
        }
      };
    }
  }

  private final Context ctx;
  private final OutputStream out;
  private final Deque<Hit> due;
  private final FaultySender faulty;
  private final Log record;
  private @Nullable Drip drip;
  private byte @Nullable [] cut;
  private int chunks;
  private boolean written;

  /**
   * @param hits what strikes the body, in the order of their places
   * @param record told of what becomes of it before that can be seen
   */
  EventStream(Context ctx, OutputStream out, List<Hit> hits, FaultySender faulty, Log record) {
    this.ctx = ctx;
    this.out = out;
    this.due = new ArrayDeque<>(hits);
    this.faulty = faulty;
    this.record = record;
  }

  /** Sends the headers, with what comes before the first chunk. */
  void begin(byte @Nullable [] first) throws IOException {
    for (Hit hit = due.peek(); hit != null && isPauseOfTheBody(hit); hit = due.peek()) {
      due.remove();
      pause(hit);
    }
    Hit next = due.peek();
    if (first != null && (next == null || next.at().phase() != Phase.BODY)) {
      write(first);
    }
    flush();
  }

  private static boolean isPauseOfTheBody(Hit hit) {
    return hit.isPause() && hit.at().phase() == Phase.BODY;
  }

  private void pause(Hit hit) throws IOException {
    if (hit.what() instanceof Drip wanted) {
      drip = wanted;
    } else {
      flush();
      faulty.pause(List.of(hit));
    }
  }

  /** Whether a fault breaks it off here, so that no further chunk may be sent. */
  boolean isBroken() {
    Hit hit = due.peek();
    return cut != null || (hit != null && isDue(hit) && !hit.isPause() && !asksForAChunk(hit));
  }

  private boolean isDue(Hit hit) {
    return switch (hit.at().phase()) {
      case BEFORE, HEADERS, BODY -> true;
      case BYTE, END -> false;
      case CHUNK -> hit.at().number() <= chunks + 1;
    };
  }

  /** Whether it does something to a chunk and not in its place. */
  private static boolean asksForAChunk(Hit hit) {
    return switch (hit.what()) {
      case FaultAction.MalformedJson malformed -> true;
      case FaultAction.MalformedSse malformed -> true;
      case FaultAction.Truncate truncate -> true;
      case FaultAction.WrongLength wrong -> true;
      default -> false;
    };
  }

  /** Sends chunks, until one is broken off. */
  void chunk(byte[] events) throws IOException {
    if (due.isEmpty()) {
      send(events);
      return;
    }
    for (byte[] event : BadEvents.each(events)) {
      if (!isBroken()) {
        struck(event);
      }
    }
  }

  private void struck(byte[] event) throws IOException {
    Hit hit = due.peek();
    while (hit != null && isDue(hit) && hit.isPause()) {
      due.remove();
      pause(hit);
      hit = due.peek();
    }
    if (isBroken()) {
      return;
    }
    if (hit == null || !isDue(hit)) {
      send(event);
    } else if (hit.what() instanceof FaultAction.MalformedJson
        || hit.what() instanceof FaultAction.MalformedSse) {
      due.remove();
      record.spoilt(hit.reason());
      send(malformed(hit, event));
    } else {
      cut = event;
    }
  }

  private static byte[] malformed(Hit hit, byte[] event) {
    return hit.what() instanceof FaultAction.MalformedSse
        ? BadEvents.withoutField(event)
        : BadEvents.halved(event);
  }

  private void send(byte[] event) throws IOException {
    if (event.length > 0) {
      chunks++;
      write(event);
    }
  }

  void flush() throws IOException {
    ctx.res().flushBuffer();
  }

  /**
   * Ends it, as it should end or as its fault wants it: at the latest here.
   *
   * @param last what comes after all chunks; not asked for where the stream broke off before
   * @param error what may come instead
   */
  void end(Supplier<byte[]> last, Function<ServiceError, byte[]> error) throws IOException {
    boolean before = isBroken();
    Hit hit = due.poll();
    while (hit != null && hit.isPause()) {
      pause(hit);
      hit = due.poll();
    }
    if (hit != null) {
      record.spoilt(hit.reason());
    }
    if (hit != null && hit.what() instanceof FaultAction.ErrorEvent event) {
      finish(settled(error.apply(event.error())));
    } else if (hit == null) {
      finish(settled(last.get()));
    } else if (before) {
      end(hit, settled(cut == null ? ChatJson.NOTHING : cut));
    } else {
      end(hit, settled(last.get()));
    }
  }

  /** Before the caller can see its end. */
  private byte[] settled(byte[] end) {
    record.settle();
    return end;
  }

  private void end(Hit hit, byte[] last) throws IOException {
    switch (hit.what()) {
      case FaultAction.MissingDone missing -> finish(BadEvents.withoutDone(last));
      case FaultAction.MalformedJson malformed -> finish(malformed(hit, last));
      case FaultAction.MalformedSse malformed -> finish(malformed(hit, last));
      case FaultAction.Truncate truncate -> {
        flush();
        faulty.badChunk(ctx, written, last, last.length, last.length / 2);
      }
      case FaultAction.WrongLength wrong -> {
        flush();
        faulty.badChunk(ctx, written, last, Math.max(1, last.length + wrong.by()), last.length);
      }
      default -> {
        flush();
        faulty.cut(ctx, hit);
      }
    }
  }

  private void finish(byte[] last) throws IOException {
    write(last);
    out.close();
  }

  private void write(byte[] bytes) throws IOException {
    written = true;
    Drip how = drip;
    if (how == null) {
      out.write(bytes);
    } else {
      faulty.drip(ctx, out, bytes, how);
    }
  }
}

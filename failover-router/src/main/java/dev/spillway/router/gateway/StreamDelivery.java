package dev.spillway.router.gateway;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.StreamEnd;
import dev.spillway.wire.Operation;
import dev.spillway.wire.ServerSentEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Passes an answer on while it arrives, every byte as it came. One that breaks off is never ended
 * cleanly: a stream of events gets one more event that says so, and the connection is aborted.
 */
final class StreamDelivery {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int END = -1;
  private static final int BROKEN = -2;
  private static final byte[] NOTHING = {};
  private static final byte[] BLANK_LINE = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BROKE_OFF =
      new ServerSentEvent(
              null,
              """
              {"error":{"message":"The answer broke off before it was complete.","type":"server_error","param":null,"code":"stream_interrupted"}}\
              """)
          .toBytes();

  private final boolean eventStream;
  private final StreamEnd end;

  private StreamDelivery(boolean eventStream, StreamEnd end) {
    this.eventStream = eventStream;
    this.end = end;
  }

  static StreamDelivery of(CallPlan call, Answer answer) {
    Optional<Operation> operation =
        Operation.byPath(call.route().rest()).filter(any -> answer.isEventStream());
    return new StreamDelivery(answer.isEventStream(), StreamEnd.of(operation));
  }

  /** Passes everything on; closes {@code from}, which stops a backend that is not finished. */
  Delivery run(InputStream from, CallerWatch.Served caller, HttpServletResponse response)
      throws IOException {
    try (from) {
      OutputStream to = response.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = 0;
      while (read >= 0) {
        if (!pass(to, buffer, read)) {
          return Delivery.CALLER_LEFT;
        }
        read = read(from, buffer);
      }
      return read == END && end.isComplete() ? Delivery.COMPLETE : breakOff(to, caller);
    }
  }

  private static int read(InputStream from, byte[] buffer) {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      return BROKEN;
    }
  }

  /** Hands bytes to the caller at once; false when there is no caller any more. */
  private boolean pass(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      end.feed(buffer, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Delivery breakOff(OutputStream to, CallerWatch.Served caller) {
    boolean heard = !caller.hasLeft() && (!eventStream || sayThatItBrokeOff(to));
    caller.breakOff();
    return heard ? Delivery.CUT : Delivery.CALLER_LEFT;
  }

  private boolean sayThatItBrokeOff(OutputStream to) {
    byte[] gap = end.isBetweenEvents() ? NOTHING : BLANK_LINE;
    return pass(to, gap, gap.length) && pass(to, BROKE_OFF, BROKE_OFF.length);
  }
}

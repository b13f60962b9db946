package dev.spillway.router.gateway;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.Heard;
import dev.spillway.router.upstream.StreamEnd;
import dev.spillway.router.upstream.UsageMeter;
import dev.spillway.wire.Operation;
import dev.spillway.wire.ServerSentEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Passes an answer on while it arrives, every byte as it came. One that breaks off is never ended
 * cleanly: a stream of events gets one more event that says so, and the connection is aborted.
 */
public final class StreamDelivery {

  /** Who gets it. */
  public interface Recipient {

    /** Hands bytes over at once. */
    void take(byte[] bytes, int length) throws IOException;

    boolean hasLeft();

    /** Whether nobody is served any more, because the router ends. */
    default boolean isStopped() {
      return false;
    }

    /** Ends the connection so that nobody takes what came for all there is. */
    void breakOff();
  }

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
  private final UsageMeter meter;

  private StreamDelivery(boolean eventStream, StreamEnd end, UsageMeter meter) {
    this.eventStream = eventStream;
    this.end = end;
    this.meter = meter;
  }

  public static StreamDelivery of(CallPlan call, Answer answer) {
    Optional<Operation> operation = Operation.byPath(call.route().rest());
    boolean eventStream = answer.isEventStream();
    return new StreamDelivery(
        eventStream, StreamEnd.of(operation.filter(any -> eventStream)), UsageMeter.of(operation));
  }

  /** Passes everything on; closes {@code from}, which stops a backend that is not finished. */
  public Delivery run(InputStream from, Recipient to) throws IOException {
    try (from) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = 0;
      while (read >= 0) {
        if (!pass(to, buffer, read)) {
          return gone(to);
        }
        read = read(from, buffer);
      }
      return read == END && end.isComplete() ? Delivery.COMPLETE : breakOff(to);
    }
  }

  /** What the answer has said by the way, as far as it was passed on. */
  public Heard heard() {
    return meter.heard();
  }

  private static int read(InputStream from, byte[] buffer) {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      return BROKEN;
    }
  }

  /** False when there is no caller any more. */
  private boolean pass(Recipient to, byte[] buffer, int length) {
    try {
      to.take(buffer, length);
      end.feed(buffer, length);
      meter.feed(buffer, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Delivery breakOff(Recipient to) {
    boolean heard = !to.hasLeft() && (!eventStream || sayThatItBrokeOff(to));
    to.breakOff();
    return heard && !to.isStopped() ? Delivery.CUT : gone(to);
  }

  private static Delivery gone(Recipient to) {
    return to.isStopped() ? Delivery.ROUTER_STOPPED : Delivery.CALLER_LEFT;
  }

  private boolean sayThatItBrokeOff(Recipient to) {
    byte[] gap = end.isBetweenEvents() ? NOTHING : BLANK_LINE;
    return pass(to, gap, gap.length) && pass(to, BROKE_OFF, BROKE_OFF.length);
  }
}

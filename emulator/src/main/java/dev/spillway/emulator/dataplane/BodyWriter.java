package dev.spillway.emulator.dataplane;

import dev.spillway.control.FaultAction.Drip;
import dev.spillway.emulator.fault.Pauses;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends a body bit by bit, in drips where that is wanted. */
final class BodyWriter {

  private final Context ctx;
  private final OutputStream out;
  private final byte[] body;
  private final Pauses pauses;
  private @Nullable Drip drip;
  private int sent;

  BodyWriter(Context ctx, OutputStream out, byte[] body, Pauses pauses) {
    this.ctx = ctx;
    this.out = out;
    this.body = body;
    this.pauses = pauses;
  }

  void dripFromHere(Drip how) {
    drip = how;
  }

  /** Sends what is missing of the first so many bytes. */
  void upTo(int end) throws IOException {
    Drip how = drip;
    while (sent < end) {
      int part = how == null ? end - sent : Math.min(how.bytes(), end - sent);
      if (how != null && sent > 0) {
        pauses.pause(how.every());
      }
      out.write(body, sent, part);
      sent += part;
      if (how != null) {
        flush();
      }
    }
  }

  void stall(Duration time) throws IOException {
    flush();
    pauses.pause(time);
  }

  void flush() throws IOException {
    ctx.res().flushBuffer();
  }
}

package dev.spillway.emulator.dataplane;

import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultPlace.Phase;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.fault.Pauses;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sends whole answers, as well or as badly as the faults of their calls want it. */
final class FaultySender {

  private final ReplySender sender;
  private final Pauses pauses;
  private final Hangs hangs;

  FaultySender(ReplySender sender, Pauses pauses, Hangs hangs) {
    this.sender = sender;
    this.pauses = pauses;
    this.hangs = hangs;
  }

  /** Sends it with what strikes at its headers and later. */
  void send(Context ctx, Reply reply, List<Hit> hits) throws IOException {
    if (hits.isEmpty()) {
      sender.send(ctx, reply);
      return;
    }
    pauses.pause(at(hits, Phase.HEADERS));
    Optional<Hit> atHeaders =
        at(hits, Phase.HEADERS).stream().filter(hit -> !hit.isPause()).findFirst();
    if (atHeaders.isEmpty()) {
      body(ctx, reply, hits.stream().filter(hit -> hit.at().phase() != Phase.HEADERS).toList());
    } else if (atHeaders.get().what() instanceof FaultAction.WrongLength wrong) {
      wrongLength(ctx, reply, wrong.by());
    } else {
      cut(ctx, atHeaders.get());
    }
  }

  /** Waits for all delays and stalls among these. */
  void pause(List<Hit> hits) {
    pauses.pause(hits);
  }

  /** Sends bytes of a stream a few at a time. */
  void drip(Context ctx, OutputStream out, byte[] bytes, FaultAction.Drip how) throws IOException {
    BodyWriter drops = new BodyWriter(ctx, out, bytes, pauses);
    drops.dripFromHere(how);
    drops.upTo(bytes.length);
    pauses.pause(how.every());
  }

  /**
   * Sends a chunk of the transfer coding that tells another size than it has, and no more.
   *
   * @param after whether there was one before it: the server ends a chunk only with the next one
   */
  void badChunk(Context ctx, boolean after, byte[] chunk, int told, int sent) throws IOException {
    RawConnection connection = RawConnection.of(ctx);
    String size = (after ? "\r\n" : "") + Integer.toHexString(told) + "\r\n";
    connection.write(size.getBytes(StandardCharsets.US_ASCII));
    connection.write(Arrays.copyOf(chunk, sent));
    if (sent == chunk.length) {
      connection.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    connection.finish();
  }

  private static List<Hit> at(List<Hit> hits, Phase phase) {
    return hits.stream().filter(hit -> hit.at().phase() == phase).toList();
  }

  /** Ends the connection as a fault wants it. */
  void cut(Context ctx, Hit fault) throws IOException {
    RawConnection connection = RawConnection.of(ctx);
    switch (fault.what()) {
      case FaultAction.Reset reset -> connection.reset();
      case FaultAction.Hang hang -> {
        hangs.hang(connection, hang.atMost());
        connection.finish();
      }
      default -> connection.finish();
    }
  }

  private void body(Context ctx, Reply whole, List<Hit> hits) throws IOException {
    Reply reply =
        hits.stream().anyMatch(hit -> hit.what() instanceof FaultAction.MalformedJson)
            ? whole.withBody(Arrays.copyOf(whole.body(), whole.body().length / 2))
            : whole;
    OutputStream out = sender.begin(ctx, reply, reply.body().length);
    BodyWriter writer = new BodyWriter(ctx, out, reply.body(), pauses);
    for (Hit hit : hits) {
      writer.upTo(position(hit, reply.body().length));
      switch (hit.what()) {
        case FaultAction.Stall stall -> writer.stall(stall.time());
        case FaultAction.Drip drip -> writer.dripFromHere(drip);
        case FaultAction.MalformedJson malformed -> {}
        default -> {
          writer.flush();
          cut(ctx, hit);
          return;
        }
      }
    }
    writer.upTo(reply.body().length);
    out.close();
  }

  /** How much of a body has been sent where a fault strikes. */
  private static int position(Hit hit, int length) {
    return switch (hit.at().phase()) {
      case BEFORE, HEADERS -> 0;
      case BODY -> hit.what() instanceof FaultAction.Truncate ? length / 2 : 0;
      case BYTE -> Math.min(hit.at().number(), length);
      case CHUNK, END -> length;
    };
  }

  private void wrongLength(Context ctx, Reply reply, int by) throws IOException {
    byte[] body = reply.body();
    int told = Math.max(0, body.length + by);
    OutputStream out = sender.begin(ctx, reply.withLength(), told);
    out.write(body, 0, Math.min(told, body.length));
    ctx.res().flushBuffer();
    RawConnection connection = RawConnection.of(ctx);
    if (told < body.length) {
      connection.write(Arrays.copyOfRange(body, told, body.length));
    }
    connection.finish();
  }
}

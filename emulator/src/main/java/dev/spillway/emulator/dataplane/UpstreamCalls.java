package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.recording.NamedRecording;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.recording.RecordedRequest;
import dev.spillway.emulator.recording.Recording;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.recording.RecordingFolder;
import dev.spillway.emulator.recording.Tape;
import dev.spillway.emulator.upstream.Upstream;
import dev.spillway.emulator.upstream.UpstreamAnswer;
import dev.spillway.emulator.upstream.UpstreamHeader;
import dev.spillway.emulator.upstream.UpstreamRequest;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.ErrorEnvelope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes calls on to a real endpoint, the answers back byte for byte, and keeps both.
 *
 * <p>A recording is written before the caller can see the end of its answer. Of a caller who leaves
 * before the end nothing is kept, because nobody knows what would have come.
 */
final class UpstreamCalls {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamCalls.class);
  private static final String NO_KEY =
      "The upstream's key is neither configured (recordings.upstream.api-key), nor in the header "
          + UpstreamHeader.KEY
          + ".";
  private static final int BUFFER = 16 * 1024;
  private static final byte[] NOTHING = {};

  private final RecordingDesk desk;
  private final Upstream upstream;
  private final Replies replies;
  private final CallLog log;
  private final TimeSource time;

  UpstreamCalls(
      RecordingDesk desk, Upstream upstream, Replies replies, CallLog log, TimeSource time) {
    this.desk = desk;
    this.upstream = upstream;
    this.replies = replies;
    this.log = log;
    this.time = time;
  }

  void answer(Arrival arrival, AzureRoute route, RecordedRequest request) throws IOException {
    UpstreamRequest asked =
        new UpstreamRequest(
            request.method(),
            route,
            arrival.ctx().queryString(),
            RequestHeaders.of(arrival.ctx()),
            arrival.body());
    if (!upstream.hasCredentials(asked)) {
      refuse(arrival, 401, "UpstreamKeyMissing", NO_KEY);
      return;
    }
    long started = time.nanoTime();
    UpstreamAnswer answer;
    try {
      answer = upstream.send(asked);
    } catch (IllegalArgumentException e) {
      replies.badRequest(arrival, "The request cannot be passed on: " + e.getMessage());
      return;
    } catch (IOException e) {
      refuse(
          arrival,
          502,
          "UpstreamUnreachable",
          "The upstream %s cannot be asked: %s"
              .formatted(upstream.config().endpoint(), e.getMessage()));
      return;
    }
    try (answer) {
      new Passage(arrival, request, asked, answer, started).pass();
    }
  }

  private void refuse(Arrival arrival, int status, String code, String sentence)
      throws IOException {
    replies.turnAway(
        arrival,
        code,
        Reply.json(
            status,
            GatewayHeaders.frontDoor(arrival.exchange()),
            new ErrorEnvelope(code, sentence).toJson()));
  }

  /** One answer on its way to the caller. */
  private final class Passage {
    private final Arrival arrival;
    private final RecordedRequest request;
    private final UpstreamRequest asked;
    private final UpstreamAnswer answer;
    private final Tape tape;
    private final byte[] buffer = new byte[BUFFER];
    private boolean cut;

    Passage(
        Arrival arrival,
        RecordedRequest request,
        UpstreamRequest asked,
        UpstreamAnswer answer,
        long started) {
      this.arrival = arrival;
      this.request = request;
      this.asked = asked;
      this.answer = answer;
      List<RecordedAnswer.Header> headers =
          answer.headers().stream()
              .map(header -> new RecordedAnswer.Header(header.name(), header.value()))
              .toList();
      this.tape = new Tape(started, answer.status(), headers, time.nanoTime());
    }

    void pass() throws IOException {
      OutputStream out = replies.forward(arrival, answer);
      byte[] held = NOTHING;
      for (byte[] heard = next(); heard.length > 0; heard = next()) {
        send(out, held);
        held = heard;
        if (tape.isStream()) {
          send(out, held);
          held = NOTHING;
        }
      }
      keep();
      out.write(held);
      if (cut) {
        arrival.ctx().res().flushBuffer();
        RawConnection.of(arrival.ctx()).finish();
      } else {
        out.close();
      }
    }

    /** What comes next; nothing at the end, and where the answer breaks off. */
    private byte[] next() {
      try {
        int length = answer.body().read(buffer);
        if (length > 0) {
          tape.heard(buffer, length, time.nanoTime());
        }
        return length > 0 ? Arrays.copyOf(buffer, length) : NOTHING;
      } catch (IOException e) {
        cut = true;
        return NOTHING;
      }
    }

    private void send(OutputStream out, byte[] bytes) throws IOException {
      try {
        out.write(bytes);
        arrival.ctx().res().flushBuffer();
      } catch (IOException e) {
        left();
        throw e;
      }
    }

    private void left() {
      log.forwarded(arrival.origin(), tape.ended(true), false, arrival.exchange().arrived());
      LOG.warn(
          "{} is not recorded: its caller left before the end",
          desk.cleaned(request.path(), brought()));
    }

    private void keep() {
      RecordedAnswer recorded = tape.ended(cut);
      log.forwarded(arrival.origin(), recorded, true, arrival.exchange().arrived());
      Recording recording = new Recording(arrival.exchange().arrived(), request, recorded);
      try {
        NamedRecording kept = desk.keep(recording, brought());
        LOG.info("recorded {}{}", kept.name(), cut ? ", cut as it was" : "");
      } catch (RecordingFolder.Unusable e) {
        LOG.error("nothing is recorded: {}", e.getMessage());
      }
    }

    private Set<String> brought() {
      return UpstreamHeader.credentials(asked.headers());
    }
  }
}

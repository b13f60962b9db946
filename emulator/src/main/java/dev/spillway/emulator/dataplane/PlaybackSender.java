package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.Playback;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.recording.RecordedAnswer.Chunk;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sends recorded answers: the bytes and the content type as recorded, and of the headers those that
 * say what happened. What is left of the limits, and all ids, are this emulator's own.
 */
final class PlaybackSender {

  /** Said by the recording, also where the emulator has a word for it. */
  private static final List<String> AS_RECORDED =
      List.of(
          "content-encoding",
          "content-disposition",
          "retry-after",
          "retry-after-ms",
          "x-ms-retry-after-ms",
          "x-should-retry",
          "operation-location",
          "location",
          "policy-id",
          "x-ms-rai-invoked",
          "openai-model",
          "openai-version",
          "openai-processing-ms");

  private static final String MODEL_ERROR = "ms-azureml-model-error-";

  private final WireProfile wire;
  private final Replies replies;
  private final @Nullable RecordingDesk desk;
  private final TimeSource time;

  PlaybackSender(WireProfile wire, Replies replies, @Nullable RecordingDesk desk, TimeSource time) {
    this.wire = wire;
    this.replies = replies;
    this.desk = desk;
    this.time = time;
  }

  /** To a call that a deployment has let in. */
  void send(Arrival arrival, Playback playback) throws IOException {
    try (playback) {
      RecordedAnswer answer = playback.answer();
      pause(answer.after());
      Deployment deployment = playback.deployment();
      HeaderList headers =
          wire.served(arrival.exchange().at(time.instant()), deployment, playback.readings());
      Provisioned.spilled(headers, playback.spilledFrom(), deployment);
      send(arrival, answer, asRecorded(headers, answer), playback::complete);
    }
  }

  /** To a call that no deployment has to do with. */
  void send(Arrival arrival, RecordedAnswer answer) throws IOException {
    pause(answer.after());
    HeaderList headers = asRecorded(GatewayHeaders.frontDoor(arrival.exchange()), answer);
    send(arrival, answer, headers, () -> replies.record(arrival, answer));
  }

  /**
   * Sends it.
   *
   * @param sent told before the caller can see the end
   */
  private void send(Arrival arrival, RecordedAnswer answer, HeaderList headers, Runnable sent)
      throws IOException {
    @Nullable String contentType = answer.header("Content-Type").orElse(null);
    if (!answer.streamed() && !answer.cut()) {
      sent.run();
      byte[] body = answer.pieces().getFirst().bytes();
      replies.send(arrival, new Reply(answer.status(), null, headers, contentType, false, body));
      return;
    }
    OutputStream out = replies.open(arrival, answer.status(), headers, contentType);
    arrival.ctx().res().flushBuffer();
    for (Chunk piece : answer.pieces()) {
      pause(piece.after());
      out.write(piece.bytes());
      arrival.ctx().res().flushBuffer();
    }
    sent.run();
    if (answer.cut()) {
      RawConnection.of(arrival.ctx()).finish();
    } else {
      out.close();
    }
  }

  private static HeaderList asRecorded(HeaderList headers, RecordedAnswer answer) {
    answer
        .headers()
        .forEach(header -> {
          String name = header.name().toLowerCase(Locale.ROOT);
          if (AS_RECORDED.contains(name) || name.startsWith(MODEL_ERROR)) {
            headers.put(header.name(), header.value());
          }
        });
    return headers;
  }

  private void pause(Duration recorded) throws IOException {
    Duration wait = desk == null ? Duration.ZERO : desk.wait(recorded);
    if (wait.isZero()) {
      return;
    }
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the emulator stops");
    }
  }
}

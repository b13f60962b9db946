package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.ImageAnswer;
import dev.spillway.emulator.inference.MediaAnswer;
import dev.spillway.emulator.inference.SpeechAnswer;
import dev.spillway.emulator.inference.TranscriptAnswer;
import dev.spillway.emulator.model.MediaFamily;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sends pictures, sound and what was heard, whole or as events. */
final class MediaSender {

  private final WireProfile wire;
  private final Replies replies;
  private final PictureDoor pictures;

  MediaSender(WireProfile wire, Replies replies, PictureDoor pictures) {
    this.wire = wire;
    this.replies = replies;
    this.pictures = pictures;
  }

  void send(Arrival arrival, HeaderList headers, MediaAnswer answer) throws IOException {
    switch (answer) {
      case ImageAnswer image -> image(arrival, headers, image);
      case SpeechAnswer speech -> speech(arrival, headers, speech);
      case TranscriptAnswer transcript -> transcript(arrival, headers, transcript);
    }
  }

  private void image(Arrival arrival, HeaderList headers, ImageAnswer answer) throws IOException {
    boolean edits = arrival.exchange().operation() == Operation.IMAGE_EDITS;
    ImageJson json = new ImageJson(answer, edits);
    if (answer.request().stream()) {
      events(arrival, headers, json.events());
    } else {
      byte[] body =
          json.whole(number ->
              pictures.keep(
                  arrival, answer.pictures().get(number), answer.look().format(), number));
      replies.send(arrival, Reply.json(200, headers, body));
    }
  }

  private void speech(Arrival arrival, HeaderList headers, SpeechAnswer answer) throws IOException {
    if (answer.request().stream()) {
      events(arrival, headers, SpeechEvents.of(answer));
    } else {
      String contentType = answer.format().contentType();
      replies.send(arrival, new Reply(200, null, headers, contentType, true, answer.file()));
    }
  }

  /** Whisper leaves {@code stream} unnoticed. */
  private void transcript(Arrival arrival, HeaderList headers, TranscriptAnswer answer)
      throws IOException {
    TranscriptJson json = new TranscriptJson(answer);
    boolean streams = answer.deployment().model().family() == MediaFamily.TRANSCRIBE;
    if (answer.request().stream() && streams) {
      events(arrival, headers, json.events());
    } else {
      replies.send(arrival, new Reply(200, null, headers, json.contentType(), false, json.whole()));
    }
  }

  private void events(Arrival arrival, HeaderList headers, List<byte[]> events) throws IOException {
    Optional<EventStream> out =
        replies.stream(arrival, headers, wire.eventStream(), EventStream.Log.NONE);
    if (out.isPresent()) {
      events(out.get(), events, arrival.exchange());
    }
  }

  private void events(EventStream out, List<byte[]> events, Exchange exchange) throws IOException {
    out.begin(null);
    for (byte[] event : events) {
      if (!out.isBroken()) {
        out.chunk(event);
        out.flush();
      }
    }
    out.end(() -> ChatJson.NOTHING, error -> Failures.event(wire, exchange, error));
  }
}

package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedAnswer.Chunk;
import dev.spillway.emulator.recording.RecordedAnswer.Header;
import dev.spillway.emulator.recording.RecordedAnswer.TimedEvent;
import dev.spillway.wire.ServerSentEvent;
import dev.spillway.wire.ServerSentEventReader;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Keeps an answer while it arrives. Moments are nanoseconds of whatever clock the caller has.
 *
 * <p>Times are kept in whole milliseconds from the request on, so that rounding does not add up.
 */
public final class Tape {

  private final long started;
  private final int status;
  private final List<Header> headers;
  private final long headAt;
  private final boolean events;
  private final ServerSentEventReader reader = new ServerSentEventReader();
  private final List<TimedEvent> heard = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private long lastEventAt;
  private long lastChunkAt;

  /**
   * Begins with the answer's head.
   *
   * @param started when the request was sent
   * @param now when the head was there
   */
  public Tape(long started, int status, List<Header> headers, long now) {
    this.started = started;
    this.status = status;
    this.headers = headers.stream().filter(header -> KeptHeaders.keeps(header.name())).toList();
    this.headAt = millis(now);
    this.lastEventAt = headAt;
    this.lastChunkAt = headAt;
    this.events =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase("content-type"))
            .anyMatch(
                header -> header.value().toLowerCase(Locale.ROOT).contains("text/event-stream"));
  }

  /** Whether it hears a stream of events. */
  public boolean isStream() {
    return events;
  }

  public void heard(byte[] bytes, int length, long now) {
    all.write(bytes, 0, length);
    if (events) {
      long at = millis(now);
      chunks.add(new Chunk(Duration.ofMillis(at - lastChunkAt), Arrays.copyOf(bytes, length)));
      lastChunkAt = at;
      for (ServerSentEvent event : reader.feed(bytes, 0, length)) {
        heard.add(new TimedEvent(Duration.ofMillis(at - lastEventAt), event));
        lastEventAt = at;
      }
    }
  }

  /**
   * What was heard.
   *
   * @param cut whether the connection broke before the end
   */
  public RecordedAnswer ended(boolean cut) {
    return new RecordedAnswer(status, Duration.ofMillis(headAt), headers, payload(), cut);
  }

  private RecordedAnswer.Payload payload() {
    if (!events) {
      return new RecordedAnswer.Whole(RecordedBody.exactly(all.toByteArray()));
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    heard.forEach(one -> written.writeBytes(one.event().toBytes()));
    byte[] bytes = all.toByteArray();
    int length = written.size();
    boolean usual =
        length <= bytes.length && Arrays.equals(written.toByteArray(), 0, length, bytes, 0, length);
    return usual
        ? RecordedBody.utf8(Arrays.copyOfRange(bytes, length, bytes.length))
            .<RecordedAnswer.Payload>map(rest -> new RecordedAnswer.Events(heard, rest))
            .orElseGet(() -> new RecordedAnswer.Chunks(chunks))
        : new RecordedAnswer.Chunks(chunks);
  }

  private long millis(long now) {
    return Math.round((now - started) / 1e6);
  }
}

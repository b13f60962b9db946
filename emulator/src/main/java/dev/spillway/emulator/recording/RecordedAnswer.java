package dev.spillway.emulator.recording;

import dev.spillway.wire.RetryAfter;
import dev.spillway.wire.ServerSentEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came back.
 *
 * @param after how long after the request its head came
 * @param headers those that say something to a client
 * @param cut whether the connection broke before its end
 */
public record RecordedAnswer(
    int status, Duration after, List<Header> headers, Payload payload, boolean cut) {

  /** A header as it was written. */
  public record Header(String name, String value) {}

  /** Behind the head. */
  public sealed interface Payload {}

  /** All at once. */
  public record Whole(RecordedBody body) implements Payload {}

  /**
   * A {@code text/event-stream}.
   *
   * @param rest of an event that a cut left unfinished
   */
  public record Events(List<TimedEvent> events, String rest) implements Payload {
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * An event.
   *
   * @param after how long after what came before it
   */
  public record TimedEvent(Duration after, ServerSentEvent event) {}

  /** A stream that is not written as events usually are. */
  public record Chunks(List<Chunk> chunks) implements Payload {
    public Chunks {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * Bytes that arrived together.
   *
   * @param after how long after what came before them
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Chunk(Duration after, byte[] bytes) {}

  public RecordedAnswer {
    headers = List.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** When to come back, where a refusal says it. */
  public Optional<Duration> retryAfter(Instant now) {
    return status == 429 || status == 503
        ? RetryAfter.of(name -> header(name).orElse(null), () -> "", now)
        : Optional.empty();
  }

  public boolean streamed() {
    return !(payload instanceof Whole);
  }

  /** All that follows the head, as it goes on the wire. */
  public List<Chunk> pieces() {
    return switch (payload) {
      case Whole whole -> List.of(new Chunk(Duration.ZERO, whole.body().bytes()));
      case Chunks chunks -> chunks.chunks();
      case Events events -> {
        List<Chunk> pieces = new ArrayList<>();
        events.events().forEach(one -> pieces.add(new Chunk(one.after(), one.event().toBytes())));
        if (!events.rest().isEmpty()) {
          pieces.add(new Chunk(Duration.ZERO, events.rest().getBytes(StandardCharsets.UTF_8)));
        }
        yield pieces;
      }
    };
  }
}

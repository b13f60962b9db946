package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a fault does.
 *
 * <p>In JSON and YAML a few words, such as {@code reset} or {@code delay 2s}; a status with a body
 * of its own is an object.
 */
public sealed interface FaultAction {

  FaultKind kind();

  /** What comes behind its name; empty for nothing. */
  default String argument() {
    return "";
  }

  /** As it is written. */
  default String text() {
    return argument().isEmpty() ? kind().label() : kind().label() + " " + argument();
  }

  /** As JSON writes it. */
  @JsonValue
  default Object json() {
    return text();
  }

  /**
   * Another status.
   *
   * @param body null for an error as the service writes them
   * @param headers beside those that every answer has
   */
  record Status(int status, @Nullable String body, Map<String, String> headers)
      implements FaultAction {

    public Status {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("'status' is from 200 to 599, and not " + status);
      }
      headers = Map.copyOf(headers);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.STATUS;
    }

    @Override
    public String argument() {
      return Integer.toString(status);
    }

    @Override
    public Object json() {
      if (body == null && headers.isEmpty()) {
        return text();
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("status", status);
      if (body != null) {
        json.put("body", body);
      }
      if (!headers.isEmpty()) {
        json.put("headers", headers);
      }
      return json;
    }
  }

  /** An error of the service in the place of the answer. */
  record Failure(ServiceError error) implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.ERROR;
    }

    @Override
    public String argument() {
      return error.label();
    }
  }

  /** A 429 of the collection in the place of the answer. */
  record Preset(String name) implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.PRESET;
    }

    @Override
    public String argument() {
      return name;
    }
  }

  /** The page with which a proxy reports this status. */
  record Html(int status) implements FaultAction {

    public Html {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("a page's status is from 200 to 599, not " + status);
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.HTML;
    }

    @Override
    public String argument() {
      return Integer.toString(status);
    }
  }

  /** The answer begins so much later. */
  record Delay(Duration time) implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.DELAY;
    }

    @Override
    public String argument() {
      return TimeText.of(time);
    }
  }

  /** Nothing comes for so long, and then the rest. */
  record Stall(Duration time) implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.STALL;
    }

    @Override
    public String argument() {
      return TimeText.of(time);
    }
  }

  /**
   * Nothing more comes until the caller leaves.
   *
   * @param atMost then the connection is closed; null for never
   */
  record Hang(@Nullable Duration atMost) implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.HANG;
    }

    @Override
    public String argument() {
      return atMost == null ? "" : TimeText.of(atMost);
    }
  }

  /** The connection ends with RST. */
  record Reset() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.RESET;
    }
  }

  /** The connection ends with FIN, before the answer does. */
  record Close() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.CLOSE;
    }
  }

  /** A part of what the length announced, and then FIN. */
  record Truncate() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.TRUNCATE;
    }
  }

  /**
   * A length that says so many bytes more, or less, than there are.
   *
   * @param by not 0
   */
  record WrongLength(int by) implements FaultAction {

    public WrongLength {
      if (by == 0) {
        throw new IllegalArgumentException("a length that is off by 0 is right");
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.WRONG_LENGTH;
    }

    @Override
    public String argument() {
      return by > 0 ? "+" + by : Integer.toString(by);
    }
  }

  /** The body, or a chunk, stops in the middle of its JSON. */
  record MalformedJson() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.MALFORMED_JSON;
    }
  }

  /** A chunk comes without {@code data:} before it. */
  record MalformedSse() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.MALFORMED_SSE;
    }
  }

  /** A stream ends in an error. */
  record ErrorEvent(ServiceError error) implements FaultAction {

    public ErrorEvent {
      error.checkEndsStreams();
    }

    @Override
    public FaultKind kind() {
      return FaultKind.ERROR_EVENT;
    }

    @Override
    public String argument() {
      return error.label();
    }
  }

  /** A stream ends as it should, but for {@code [DONE]}. */
  record MissingDone() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.MISSING_DONE;
    }
  }

  /** So many bytes at a time, with a pause before each further part. */
  record Drip(int bytes, Duration every) implements FaultAction {

    public Drip {
      if (bytes < 1) {
        throw new IllegalArgumentException("a drip has 1 byte or more, and not " + bytes);
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.DRIP;
    }

    @Override
    public String argument() {
      return bytes + " every " + TimeText.of(every);
    }
  }

  /** Nobody listens at the resource's own port. */
  record Refused() implements FaultAction {
    @Override
    public FaultKind kind() {
      return FaultKind.REFUSED;
    }
  }

  /** The first token comes so many times as late. */
  record SlowFirstToken(double times) implements FaultAction {

    public SlowFirstToken {
      if (!(times >= 0) || Double.isInfinite(times)) {
        throw new IllegalArgumentException(
            "a first token comes 0 times as late or more, and not " + times);
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.SLOW_FIRST_TOKEN;
    }

    @Override
    public String argument() {
      return times == Math.rint(times) ? Long.toString((long) times) : Double.toString(times);
    }
  }

  /**
   * Reads {@code delay 2s}.
   *
   * @throws IllegalArgumentException for what is no fault
   */
  static FaultAction parse(String words) {
    return FaultWords.read(words);
  }

  /**
   * Reads a text, or a status as an object.
   *
   * @throws IllegalArgumentException for what is no fault
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static FaultAction of(JsonNode json) {
    return json.isString() ? parse(json.asString()) : FaultWords.status(json);
  }
}

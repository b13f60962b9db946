package dev.spillway.control;

import static dev.spillway.control.FaultPlace.Phase.BEFORE;
import static dev.spillway.control.FaultPlace.Phase.BODY;
import static dev.spillway.control.FaultPlace.Phase.BYTE;
import static dev.spillway.control.FaultPlace.Phase.CHUNK;
import static dev.spillway.control.FaultPlace.Phase.END;
import static dev.spillway.control.FaultPlace.Phase.HEADERS;

import dev.spillway.control.FaultPlace.Phase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a fault can do, and where; the first place is the one that is meant when none is named. */
public enum FaultKind {
  /** Another status, with a body of its own. */
  STATUS(BEFORE, HEADERS),
  /** An error of the service. */
  ERROR(BEFORE, HEADERS),
  /** A 429 of the collection. */
  PRESET(BEFORE, HEADERS),
  /** The HTML page of a proxy. */
  HTML(BEFORE, HEADERS),
  /** The answer begins later. */
  DELAY(BEFORE, HEADERS),
  /** The answer pauses, and goes on. */
  STALL(BODY, BYTE, CHUNK, END),
  /** Nothing more comes, and nothing is closed. */
  HANG(BEFORE, HEADERS, BODY, BYTE, CHUNK, END),
  /** The connection is reset. */
  RESET(BEFORE, HEADERS, BODY, BYTE, CHUNK, END),
  /** The connection is closed without an end of the answer. */
  CLOSE(BEFORE, HEADERS, BODY, BYTE, CHUNK, END),
  /** Less comes than was announced. */
  TRUNCATE(BODY, BYTE, CHUNK),
  /** Everything comes, with a length that is not its own. */
  WRONG_LENGTH(HEADERS, CHUNK),
  /** JSON that stops in its middle, in sound HTTP. */
  MALFORMED_JSON(BODY, CHUNK),
  /** An event that is none. */
  MALFORMED_SSE(CHUNK),
  /** An error of the service as the last event of a stream. */
  ERROR_EVENT(CHUNK, BODY, END),
  /** A stream without its {@code [DONE]}. */
  MISSING_DONE(END),
  /** The body comes a few bytes at a time. */
  DRIP(BODY),
  /** Nothing listens at the resource's own port. */
  REFUSED(BEFORE),
  /** The first token comes so many times as late. */
  SLOW_FIRST_TOKEN(BEFORE);

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<Phase> places;

  FaultKind(Phase... places) {
    this.places = List.of(places);
  }

  /** Where it can strike. */
  public List<Phase> places() {
    return places;
  }

  /** Its name in small letters, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it lasts as long as its time does, and does not strike single calls. */
  public boolean isState() {
    return this == REFUSED || this == SLOW_FIRST_TOKEN;
  }

  /** Whether the answer is as it would be, only later. */
  public boolean isPause() {
    return this == DELAY || this == STALL || this == DRIP;
  }

  /** Whether only streams can have it, wherever it strikes. */
  boolean isOfStreams() {
    return this == MALFORMED_SSE || this == ERROR_EVENT || this == MISSING_DONE;
  }

  FaultPlace usualPlace() {
    Phase first = places.getFirst();
    return new FaultPlace(first, first == CHUNK ? 1 : 0);
  }

  void checkPlace(FaultPlace place) {
    if (!places.contains(place.phase())) {
      throw new IllegalArgumentException(
          "'%s' strikes at %s, and not at %s"
              .formatted(
                  label(),
                  places.stream().map(Phase::label).collect(Collectors.joining(", ")),
                  place.text()));
    }
  }
}

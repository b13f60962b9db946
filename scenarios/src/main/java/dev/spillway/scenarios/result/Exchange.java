package dev.spillway.scenarios.result;

import dev.spillway.scenarios.stage.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One time that a caller asked the router, and what it saw; moments are counted from the scenario's
 * beginning.
 *
 * @param id its own {@code x-ms-client-request-id}, by which its attempts stand in the journal
 * @param sent when it began
 * @param answered when status and headers were there; null when they never were
 * @param firstContent when the first words of an answer were there; null when none were
 * @param ended when it was over
 * @param status 0 when there was none
 * @param headers of the answer
 * @param bytes of the answer's body that came
 * @param body the beginning of the answer's body as text
 * @param problem what broke it; null when nothing did
 */
public record Exchange(
    String id,
    Duration sent,
    @Nullable Duration answered,
    @Nullable Duration firstContent,
    Duration ended,
    int status,
    List<Header> headers,
    long bytes,
    String body,
    End end,
    @Nullable String problem) {

  /** How an exchange can end. */
  public enum End {
    /** All of the answer came; a stream was closed by {@code [DONE]} or its final event. */
    COMPLETE,
    /** An answer's stream ended as HTTP, and without what closes it. */
    UNFINISHED,
    /** The last that came of a stream was an error event. */
    ERROR_EVENT,
    /** The connection broke within the answer. */
    CUT,
    /** The caller left. */
    LEFT,
    /** No connection, or it broke before there was a status. */
    NO_ANSWER
  }

  public Exchange {
    headers = List.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  public Duration took() {
    return ended.minus(sent);
  }

  /** Whether the caller has what it asked for. */
  public boolean isServed() {
    return status >= 200 && status < 300 && end == End.COMPLETE;
  }
}

package dev.spillway.simulation.backend;

import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.simulation.backend.SlowStream.End;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.world.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream becomes.
 *
 * @param pieces what is sent of it, or instead of it
 * @param error what the router can make of it, had it come as an answer; empty for nothing
 * @param due what the backend has done by it, where that is the same however much is kept back
 * @param asked what it says of when to come again
 */
record StreamFault(
    List<String> pieces,
    End end,
    boolean isCut,
    String error,
    @Nullable Deed due,
    @Nullable Duration asked) {

  static StreamFault of(@Nullable FaultKind fault, List<String> all, int attempt, Script script) {
    if (fault == null) {
      return new StreamFault(all, End.PROPER, false, "", null, null);
    }
    return switch (fault) {
      case STREAM_FAILS_AT_ONCE ->
          instead(attempt, Answers.errorEvent("server_error", "No."), Deed.FAILED, null);
      case STREAM_THROTTLED_AT_ONCE -> throttled(attempt, 1 + script.below(9));
      case STREAM_GARBLED ->
          instead(attempt, "data: {\"choices\":[{\"delta\n\n", Deed.GARBLED, null);
      case STREAM_CUT -> cut(all, End.RESET, script);
      case STREAM_ENDS_EARLY -> cut(all, End.PROPER, script);
      case STREAM_STALLS -> cut(all, End.SILENCE, script);
      case THROTTLES,
          UNAVAILABLE_WITH_WAIT,
          SERVER_ERROR,
          ERROR_PAGE,
          UNREACHABLE,
          SILENT,
          RESET,
          EMPTY_BODY,
          BROKEN_JSON,
          PAGE_INSTEAD_OF_JSON,
          WRONG_KEY,
          NO_DEPLOYMENT,
          STALE_CONNECTION,
          SLOW,
          FILTERED ->
          new StreamFault(all, End.PROPER, false, "", null, null);
    };
  }

  private static StreamFault throttled(int attempt, int seconds) {
    String message = "Please retry after " + seconds + " seconds.";
    return instead(
        attempt,
        Answers.errorEvent("rate_limit_exceeded", message),
        Deed.THROTTLED,
        Duration.ofSeconds(seconds));
  }

  private static StreamFault instead(
      int attempt, String event, Deed due, @Nullable Duration asked) {
    String error = event.substring("data: ".length()).strip();
    return new StreamFault(
        List.of(Answers.role(attempt), event), End.PROPER, false, error, due, asked);
  }

  /** Anywhere before {@code [DONE]}, also within a piece. */
  private static StreamFault cut(List<String> all, End end, Script script) {
    int whole = script.below(all.size() - 1);
    List<String> pieces = new ArrayList<>(all.subList(0, whole));
    String last = all.get(whole);
    if (script.below(2) == 0) {
      pieces.add(last.substring(0, 1 + script.below(last.length() - 1)));
    }
    return new StreamFault(pieces, end, true, "", null, null);
  }

  Deed deed(AttemptResult result) {
    Deed known = due;
    if (known != null && !(result instanceof AttemptResult.TimedOut)) {
      return known;
    }
    return switch (result) {
      case AttemptResult.Succeeded it -> Deed.SERVED;
      case AttemptResult.TimedOut it -> Deed.TIMED_OUT;
      case AttemptResult.Reset it -> Deed.RESET;
      case AttemptResult.Garbled it -> Deed.GARBLED;
      case AttemptResult.Failed it -> Deed.FAILED;
      case AttemptResult.Refused it -> Deed.REFUSED;
      case AttemptResult.Rejected it -> Deed.REJECTED;
      case AttemptResult.Unknown it -> Deed.REFUSED;
      case AttemptResult.Throttled it -> Deed.THROTTLED;
      case AttemptResult.Unreachable it -> Deed.UNREACHABLE;
      case AttemptResult.Stale it -> Deed.STALE;
      case AttemptResult.TokenRefused it -> Deed.REJECTED;
      case AttemptResult.NoToken it -> Deed.UNREACHABLE;
    };
  }
}

package dev.spillway.router.trace;

import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.List;

/**
 * The trace on one line, for the {@code x-router-trace} header: {@code micro=429(retry-after 6s,
 * 12ms) -> 35turbo=200(843ms)}, or {@code micro=no-room(needs 812, 640 left for 23s) ->
 * 35turbo=200(843ms)}.
 */
public final class TraceLine {

  private TraceLine() {}

  public static String of(List<Step> steps) {
    StringBuilder line = new StringBuilder(64);
    for (Step step : steps) {
      if (!line.isEmpty()) {
        line.append(" -> ");
      }
      append(line, step);
    }
    return line.toString();
  }

  private static void append(StringBuilder line, Step step) {
    switch (step) {
      case Step.Routed routed -> line.append("route: ").append(routed.why());
      case Step.OverQuota over ->
          line.append("quota=")
              .append(over.limit())
              .append('(')
              .append(RetryAfter.seconds(over.left()))
              .append("s)");
      case Step.Skipped skipped ->
          line.append(skipped.backend())
              .append('=')
              .append(skipped.why())
              .append('(')
              .append(RetryAfter.seconds(skipped.left()))
              .append("s)");
      case Step.Concerned concerned ->
          line.append(concerned.id())
              .append(concerned.backend() == null ? " is looked for" : " is at ")
              .append(concerned.backend() == null ? "" : concerned.backend());
      case Step.NoRoom noRoom -> append(line, noRoom);
      case Step.Full full ->
          line.append(full.backend())
              .append("=no-room(")
              .append(percent(full.percent()))
              .append(" in use, for ")
              .append(RetryAfter.seconds(full.until()))
              .append("s)");
      case Step.TooSmall small ->
          line.append(small.backend())
              .append("=too-small(needs ")
              .append(small.needs())
              .append(", takes ")
              .append(small.window())
              .append(')');
      case Step.Spilled spilled ->
          line.append(spilled.backend())
              .append("=spilled(")
              .append(percent(spilled.percent()))
              .append(" in use, ")
              .append(percent(spilled.allowed()))
              .append(" allowed)");
      case Step.Attempted attempted -> append(line, attempted);
      case Step.Waited waited -> line.append("wait(").append(millis(waited.length())).append(')');
    }
  }

  private static void append(StringBuilder line, Step.NoRoom noRoom) {
    line.append(noRoom.backend()).append("=no-room(");
    if (noRoom.of().equals("tokens")) {
      line.append("needs ").append(noRoom.needs()).append(", ").append(noRoom.left());
    } else {
      line.append(noRoom.left()).append(' ').append(noRoom.of());
    }
    line.append(" left for ").append(RetryAfter.seconds(noRoom.until())).append("s)");
  }

  private static void append(StringBuilder line, Step.Attempted attempted) {
    line.append(attempted.backend()).append('=').append(attempted.result()).append('(');
    if (attempted.asked() != null) {
      line.append("retry-after ").append(RetryAfter.seconds(attempted.asked())).append("s, ");
    }
    line.append(millis(attempted.took())).append(')');
  }

  private static String percent(double percent) {
    return Math.round(percent) + "%";
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }
}

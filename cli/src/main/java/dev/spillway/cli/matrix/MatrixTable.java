package dev.spillway.cli.matrix;

import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.ScenarioResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows what callers saw of each trouble: a row for each, a column for who had it. */
public final class MatrixTable {

  /** What callers notice as a wait, and not as a hiccup. */
  private static final Duration NOTICED = Duration.ofSeconds(1);

  /** So many calls show what is the matter. */
  private static final int MOST_LINES = 3;

  private MatrixTable() {}

  /** The results are those of the matrix's scenarios, in their order. */
  public static String of(Matrix matrix, List<ScenarioResult> results) {
    Map<String, Map<Trouble, Map<String, String>>> routes = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      Matrix.Cell cell = matrix.cells().get(i);
      routes
          .computeIfAbsent(cell.route(), any -> new TreeMap<>())
          .computeIfAbsent(cell.trouble(), any -> new LinkedHashMap<>())
          .put(cell.row(), words(results.get(i)));
    }
    StringBuilder text = new StringBuilder();
    routes.forEach(
        (route, rows) -> text.append(route).append('\n').append(table(rows)).append('\n'));
    text.append("What callers saw: ok, with the longest wait where it was noticed; or which");
    text.append(" answers, and how streams ended.\n'!' is what a backend that was well would have");
    text.append(" spared them.\n\n");
    Arrays.stream(Trouble.values())
        .forEach(
            trouble -> text.append("%-16s %s%n".formatted(trouble.label(), trouble.explanation())));
    for (ScenarioResult result : results) {
      if (result instanceof ScenarioResult.Played played && !played.passes()) {
        text.append("\n! ").append(played.scenario().name()).append('\n');
        played.failures().getFirst().evidence().stream()
            .limit(MOST_LINES)
            .forEach(line -> text.append("    ").append(line).append('\n'));
      }
    }
    return text.toString();
  }

  private static String table(Map<Trouble, Map<String, String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(rows.values().iterator().next().keySet());
    lines.add(head);
    rows.forEach((trouble, cells) -> {
      List<String> line = new ArrayList<>(List.of(trouble.label()));
      line.addAll(cells.values());
      lines.add(line);
    });
    int[] widths = new int[head.size()];
    lines.forEach(line -> {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    });
    return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining());
  }

  private static String padded(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      text.append("  ").append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length()));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static String words(ScenarioResult result) {
    return switch (result) {
      case ScenarioResult.Unplayed unplayed -> "? " + unplayed.why();
      case ScenarioResult.Played played ->
          (played.passes() ? "" : "! ") + seen(played.seen().calls());
    };
  }

  private static String seen(List<CallRecord> calls) {
    Map<String, Integer> bad = new TreeMap<>();
    Duration longest = Duration.ZERO;
    for (CallRecord call : calls) {
      Exchange last = call.last();
      if (!last.isServed()) {
        bad.merge(ending(last), 1, Integer::sum);
      }
      longest = longest.compareTo(last.took()) < 0 ? last.took() : longest;
    }
    String ends =
        bad.isEmpty()
            ? "ok"
            : bad.entrySet().stream()
                .map(each -> each.getKey() + " x" + each.getValue())
                .collect(Collectors.joining(", "));
    return longest.compareTo(NOTICED) < 0
        ? ends
        : ends + ", " + String.format(Locale.ROOT, "%.0f s", longest.toMillis() / 1000.0);
  }

  private static String ending(Exchange exchange) {
    boolean isWhole = exchange.end() == Exchange.End.COMPLETE;
    return isWhole
        ? Integer.toString(exchange.status())
        : exchange.end().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

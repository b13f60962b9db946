package dev.spillway.scenarios.report;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as text for a terminal: a line each, and below it what failed. */
public final class Table {

  private static final String INDENT = "      ";

  private Table() {}

  /** One scenario, as soon as it is played. */
  public static String of(ScenarioResult result) {
    List<String> lines = new ArrayList<>();
    Scenario scenario = result.scenario();
    switch (result) {
      case ScenarioResult.Played played -> {
        lines.add(
            "%s  %s  (%s, %s)"
                .formatted(
                    played.passes() ? "ok  " : "FAIL",
                    scenario.name(),
                    scenario.group(),
                    time(played)));
        played.failures().forEach(failure -> lines.addAll(lines(scenario, failure)));
      }
      case ScenarioResult.Unplayed unplayed -> {
        lines.add("?     " + scenario.name() + "  (" + scenario.group() + ")");
        lines.add(INDENT + scenario.file() + ": could not be played: " + unplayed.why());
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> lines(Scenario scenario, ExpectationVerdict failure) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s%s:%d: %s%s"
            .formatted(
                INDENT,
                scenario.file(),
                failure.line(),
                failure.name(),
                failure.selection().isEmpty() ? "" : " (" + failure.selection() + ")"));
    lines.add(INDENT + "  expected  " + failure.expected());
    lines.add(INDENT + "  seen      " + failure.seen());
    failure.evidence().forEach(line -> lines.add(INDENT + "    " + line));
    return lines;
  }

  private static String time(ScenarioResult.Played played) {
    String lasted = seconds(played.seen().lasted());
    String took = seconds(played.took());
    return lasted.equals(took) ? took : lasted + " in " + took;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** How many there were of each group, and what became of them. */
  public static String summary(List<ScenarioResult> results) {
    Map<String, int[]> groups = new LinkedHashMap<>();
    for (ScenarioResult result : results) {
      int[] counts = groups.computeIfAbsent(result.scenario().group(), any -> new int[3]);
      counts[column(result)]++;
    }
    int width = Math.max(5, groups.keySet().stream().mapToInt(String::length).max().orElse(0));
    StringBuilder table = new StringBuilder();
    table.append(row(width, "group", "passed", "failed", "unplayed"));
    int[] sums = new int[3];
    groups.forEach((group, counts) -> {
      table.append(row(width, group, counts[0], counts[1], counts[2]));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    });
    return table.append(row(width, "all", sums[0], sums[1], sums[2])).toString();
  }

  private static int column(ScenarioResult result) {
    return switch (result) {
      case ScenarioResult.Played played -> played.passes() ? 0 : 1;
      case ScenarioResult.Unplayed unplayed -> 2;
    };
  }

  private static String row(int width, Object group, Object passed, Object failed, Object not) {
    return String.format(
        Locale.ROOT, "%-" + width + "s  %6s  %6s  %8s%n", group, passed, failed, not);
  }
}

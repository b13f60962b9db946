package dev.spillway.scenarios.report;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.result.ScenarioResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The head of the report: the verdict, how many passed, and a table with a line for each. */
final class Overview {

  private final Markup html;
  private final List<ScenarioResult> results;

  Overview(Markup html, List<ScenarioResult> results) {
    this.html = html;
    this.results = results;
  }

  void write() {
    boolean passes = results.stream().allMatch(ScenarioResult::passes);
    html.open("header", "class", passes ? "passed" : "failed");
    html.element("h1", title(results));
    html.element("p", counts(), "class", "counts");
    html.close("header").line();
    writeTable();
    writeLegend();
  }

  /** {@code 52 of 53 scenarios passed}. */
  static String title(List<ScenarioResult> results) {
    long passed = results.stream().filter(ScenarioResult::passes).count();
    String scenarios = results.size() == 1 ? "scenario" : "scenarios";
    return passed == results.size()
        ? "All %d %s passed".formatted(results.size(), scenarios)
        : "%d of %d %s passed".formatted(passed, results.size(), scenarios);
  }

  private String counts() {
    long unplayed = results.stream().filter(ScenarioResult.Unplayed.class::isInstance).count();
    long failed = results.stream().filter(result -> !result.passes()).count() - unplayed;
    List<ScenarioResult.Played> played = played().toList();
    long calls = played.stream().mapToLong(one -> one.seen().calls().size()).sum();
    long attempts = played.stream().mapToLong(one -> one.seen().journal().size()).sum();
    List<String> counts = new ArrayList<>();
    if (failed > 0) {
      counts.add(Counts.of(failed) + " failed");
    }
    if (unplayed > 0) {
      counts.add(Counts.of(unplayed) + " could not be played");
    }
    counts.add(Counts.of(calls, "call") + " and " + Counts.of(attempts, "attempt"));
    counts.add(
        "%s played in %s"
            .formatted(
                TimeAxis.words(sum(played.stream().map(one -> one.seen().lasted()))),
                TimeAxis.words(sum(played.stream().map(ScenarioResult.Played::took)))));
    return String.join(" · ", counts);
  }

  private Stream<ScenarioResult.Played> played() {
    return results.stream()
        .filter(ScenarioResult.Played.class::isInstance)
        .map(ScenarioResult.Played.class::cast);
  }

  private static Duration sum(Stream<Duration> times) {
    return times.reduce(Duration.ZERO, Duration::plus);
  }

  private void writeTable() {
    html.open("table", "class", "overview").element("caption", "All scenarios").open("thead");
    html.open("tr");
    Stream.of("Verdict", "Scenario", "Expectations", "Calls", "Time", "Source")
        .forEach(heading -> html.element("th", heading, "scope", "col"));
    html.close("tr").close("thead");
    groups().forEach(this::writeGroup);
    html.close("table").line();
  }

  private Map<String, List<Integer>> groups() {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      groups.computeIfAbsent(results.get(i).scenario().group(), any -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  private void writeGroup(String group, List<Integer> members) {
    long passed = members.stream().filter(i -> results.get(i).passes()).count();
    html.open("tbody").open("tr", "class", "group");
    html.element(
        "th",
        "%s: %d of %d".formatted(group.isEmpty() ? "no group" : group, passed, members.size()),
        "colspan",
        6,
        "scope",
        "rowgroup");
    html.close("tr").line();
    members.forEach(i -> writeRow(results.get(i), ScenarioSection.id(i)));
    html.close("tbody");
  }

  private void writeRow(ScenarioResult result, String id) {
    Scenario scenario = result.scenario();
    html.open("tr");
    Verdict verdict = Verdict.of(result);
    html.open("td", "class", "verdict " + verdict.label());
    html.element("span", verdict.symbol(), "aria-hidden", "true").text(" " + verdict.words());
    html.close("td");
    html.open("td").element("a", scenario.name(), "href", "#" + id);
    if (!scenario.why().isBlank()) {
      html.element("p", scenario.why(), "class", "why");
    }
    html.close("td");
    switch (result) {
      case ScenarioResult.Played played -> {
        int all = played.verdicts().size();
        html.element("td", "%d of %d".formatted(all - played.failures().size(), all));
        html.element("td", Counts.of(played.seen().calls().size()));
        html.element("td", TimeAxis.words(played.seen().lasted()));
      }
      case ScenarioResult.Unplayed unplayed -> html.element("td", unplayed.why(), "colspan", 3);
    }
    html.open("td", "class", "source");
    Sources.write(html, scenario);
    html.close("td").close("tr").line();
  }

  private void writeLegend() {
    html.open("p", "class", "legend").text("In the timelines: ");
    for (Outcome outcome : Outcome.values()) {
      html.open("span", "class", "key mark " + outcome.label());
      html.open("svg", "viewBox", "-5 -5 10 10", "aria-hidden", "true");
      html.empty("use", "href", "#" + outcome.label()).close("svg");
      html.text(outcome.words()).close("span").text(" ");
    }
    html.text("The area is what was left of the tokens, the dashed line of the requests. ");
    html.text(
        "A lane with more than %d calls, or more than %d at a time, counts them by time and outcome."
            .formatted(MarkLane.MOST, MarkLane.MOST_ROWS));
    html.close("p").line();
    html.open("p", "class", "tools");
    html.element("button", "Open all", "type", "button", "data-fold", "open");
    html.element("button", "Close all", "type", "button", "data-fold", "close");
    html.close("p").line();
  }
}

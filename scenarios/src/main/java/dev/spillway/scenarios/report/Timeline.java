package dev.spillway.scenarios.report;

import static dev.spillway.scenarios.report.Drawing.number;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.SeenCall;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.result.Attribution;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.ScenarioResult.Played;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The drawing of what happened in a scenario: what went wrong, what clients saw, and for each
 * deployment its attempts and what was left of its limits, all on one axis of time.
 */
final class Timeline {

  private static final double TEXT = 12;
  private static final double GAP = 12;
  private static final int LONGEST_NAME = 24;
  private static final int LONGEST_LINE = 30;

  private final Played played;
  private final String id;
  private final TimeAxis axis;
  private final List<Happening> happenings;
  private final Drawing drawing = new Drawing();

  private Timeline(Played played, String id) {
    this.played = played;
    this.id = id;
    Duration end =
        Stream.concat(
                Stream.of(played.seen().lasted()),
                played.seen().calls().stream().map(CallRecord::ended))
            .max(Duration::compareTo)
            .orElseThrow();
    this.axis = new TimeAxis(end);
    this.happenings =
        played.scenario().events().stream().map(event -> Happening.of(event, end)).toList();
  }

  /**
   * Writes it.
   *
   * @param id of the scenario in the document
   */
  static void draw(Markup html, Played played, String id) {
    new Timeline(played, id).draw(html);
  }

  private void draw(Markup html) {
    drawing.take(2);
    drawHappenings();
    drawCalls();
    lanes().forEach(this::drawDeployment);
    double bottom = drawing.take(20);
    html.open(
        "svg",
        "class",
        "timeline",
        "role",
        "group",
        "aria-labelledby",
        id + "-t " + id + "-d",
        "viewBox",
        "0 0 1100 " + number(drawing.bottom()));
    html.element("title", "Timeline of " + played.scenario().name(), "id", id + "-t");
    html.element("desc", summary(), "id", id + "-d");
    drawTicks(html, bottom);
    html.append(drawing.markup()).close("svg").line();
  }

  private void drawTicks(Markup html, double bottom) {
    Drawing ticks = new Drawing();
    for (Duration tick : axis.ticks()) {
      double x = axis.x(tick);
      ticks.line("tick", x, 0, x, bottom);
      ticks.text("time", x, bottom + 14, TimeAxis.words(tick));
    }
    html.append(ticks.markup());
  }

  private void drawHappenings() {
    for (Happening one : happenings) {
      double top = drawing.take(TEXT + 4);
      double x = axis.x(one.from());
      double width = Math.max(2, axis.x(one.to()) - x);
      drawing.rect("span " + one.style(), x, top + 1, width, TEXT + 1, one.withTimes());
      boolean atRight = x > (TimeAxis.LEFT + TimeAxis.RIGHT) / 2;
      drawing.text(
          atRight ? "happening before" : "happening",
          atRight ? x - 4 : x + 4,
          top + TEXT,
          one.words());
    }
  }

  private void drawCalls() {
    List<Mark> marks = clientMarks();
    List<String> counts = counts(marks, "call");
    MarkLane lane = new MarkLane(marks, axis);
    List<String> lines = labelLines(counts, lane);
    double top = label("Clients", lines);
    lane.draw(drawing, top + 2, "what clients saw: " + String.join(", ", counts));
    drawing.take(height(lane, lines));
  }

  private void drawDeployment(DeploymentRef deployment, List<Mark> marks) {
    List<BucketSample> samples =
        played.seen().samples().stream()
            .filter(one -> one.deployment().equals(deployment))
            .toList();
    LevelLine level = new LevelLine(samples, axis);
    MarkLane lane = new MarkLane(marks, axis);
    List<String> counts = counts(marks, "attempt");
    List<String> lines = labelLines(counts, lane);
    double top = label(deployment.toString(), lines);
    double levelHeight = level.isEmpty() ? 0 : LevelLine.HEIGHT + 4;
    shade(deployment, top, height(lane, lines) + levelHeight);
    lane.draw(drawing, top + 2, deployment + ": " + String.join(", ", counts));
    drawing.take(height(lane, lines));
    if (!level.isEmpty()) {
      double levelTop = drawing.take(levelHeight);
      level.draw(drawing, levelTop);
      drawing.text("counts", 0, levelTop + LevelLine.HEIGHT - 2, "left of " + level.words());
    }
  }

  private static double height(MarkLane lane, List<String> lines) {
    return Math.max(TEXT * (lines.size() + 1) + 8, lane.height() + 6);
  }

  /** As many counts to a line as have room beside the lane. */
  private static List<String> labelLines(List<String> counts, MarkLane lane) {
    List<String> lines = new ArrayList<>();
    for (String count : counts) {
      String longer = lines.isEmpty() ? count : lines.getLast() + ", " + count;
      if (lines.isEmpty() || longer.length() > LONGEST_LINE) {
        lines.add(count);
      } else {
        lines.set(lines.size() - 1, longer);
      }
    }
    if (lane.isCounted()) {
      lines.add(lane.scale());
    }
    return lines;
  }

  /** A gap, a name with small text below it, and where the lane begins. */
  private double label(String name, List<String> lines) {
    drawing.take(GAP);
    double top = drawing.bottom();
    drawing.line("edge", 0, top - GAP / 2, TimeAxis.RIGHT, top - GAP / 2);
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    drawing.text("name", 0, top + TEXT, shown);
    for (int i = 0; i < lines.size(); i++) {
      drawing.text("counts", 0, top + TEXT * (i + 2) + 2, lines.get(i));
    }
    return top;
  }

  private void shade(DeploymentRef deployment, double top, double height) {
    happenings.stream()
        .filter(one -> one.struck().test(deployment))
        .forEach(one -> {
          double x = axis.x(one.from());
          double width = Math.max(2, axis.x(one.to()) - x);
          drawing.rect("shade " + one.style(), x, top, width, height, one.withTimes());
        });
  }

  private Map<DeploymentRef, List<Mark>> lanes() {
    Map<DeploymentRef, List<Mark>> lanes = new TreeMap<>();
    played
        .seen()
        .samples()
        .forEach(sample -> lanes.putIfAbsent(sample.deployment(), new ArrayList<>()));
    List<SeenCall> lines = SeenCall.of(played.seen().journal(), played.seen().started());
    Attribution attribution = Attribution.of(played.seen().samples());
    for (int i = 0; i < lines.size(); i++) {
      JournalEntry attempt = played.seen().journal().get(i);
      Mark mark = mark(attempt, lines.get(i).line(), attribution.exchange(attempt).orElse(""));
      attribution
          .deployment(attempt)
          .ifPresent(
              deployment -> lanes.computeIfAbsent(deployment, any -> new ArrayList<>()).add(mark));
    }
    return lanes;
  }

  private Mark mark(Exchange exchange) {
    return new Mark(
        exchange.sent(),
        exchange.ended(),
        Outcome.of(exchange),
        exchange.id(),
        "%s at %s: %s after %s"
            .formatted(
                exchange.id(),
                TimeAxis.words(exchange.sent()),
                Outcome.words(exchange),
                TimeAxis.words(exchange.took())));
  }

  private Mark mark(JournalEntry attempt, String line, String exchange) {
    return new Mark(
        Duration.between(played.seen().started(), attempt.at()),
        Duration.between(played.seen().started(), attempt.endedAt()),
        Outcome.of(attempt),
        exchange,
        exchange.isEmpty() ? line : line + ", for " + exchange);
  }

  private List<Mark> clientMarks() {
    return played.seen().calls().stream()
        .flatMap(call -> call.exchanges().stream())
        .map(this::mark)
        .toList();
  }

  /** {@code 48 calls}, {@code 43 served}, {@code 5 × 429}. */
  private static List<String> counts(List<Mark> marks, String what) {
    Map<Outcome, Long> counts =
        marks.stream()
            .collect(Collectors.groupingBy(Mark::outcome, TreeMap::new, Collectors.counting()));
    List<String> words = new ArrayList<>();
    words.add(Counts.of(marks.size(), what));
    if (!counts.keySet().equals(Set.of(Outcome.SERVED))) {
      counts.forEach((outcome, count) -> words.add(outcome.times(count)));
    }
    return words;
  }

  private String summary() {
    String happened =
        happenings.stream().map(Happening::withTimes).collect(Collectors.joining("; "));
    return "%s in %s.%s"
        .formatted(
            String.join(", ", counts(clientMarks(), "call")),
            TimeAxis.words(played.seen().lasted()),
            happened.isEmpty() ? "" : " What happened: " + happened + ".");
  }
}

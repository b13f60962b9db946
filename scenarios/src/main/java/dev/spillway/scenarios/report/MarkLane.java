package dev.spillway.scenarios.report;

import static dev.spillway.scenarios.report.Drawing.number;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A lane of calls, as bars from their beginning to their end with a symbol at the end; those at the
 * same time are below each other.
 *
 * <p>Where there are more than {@value #MOST} of them, or more at a time than {@value #MOST_ROWS},
 * the lane shows how many of each outcome ended in each of {@value #COLUMNS} spans of time, so that
 * no outcome is lost and the report stays small.
 */
final class MarkLane {

  static final int MOST = 300;
  static final int MOST_ROWS = 40;
  static final int COLUMNS = 130;

  private static final double HISTOGRAM_HEIGHT = 70;

  /** So high is one failure among thousands that were served. */
  private static final double LEAST_SEEN = 4;

  /** So much room a symbol needs, that the next one does not cover it. */
  private static final double SYMBOL = 7;

  private final List<Mark> marks;
  private final TimeAxis axis;
  private final List<List<Mark>> rows = new ArrayList<>();

  MarkLane(List<Mark> marks, TimeAxis axis) {
    this.marks = marks.stream().sorted(Comparator.comparing(Mark::from)).toList();
    this.axis = axis;
    if (marks.size() <= MOST) {
      this.marks.forEach(this::place);
    }
  }

  /** Whether they are counted instead of shown one by one. */
  boolean isCounted() {
    return marks.size() > MOST || rows.size() > MOST_ROWS;
  }

  double height() {
    return isCounted() ? HISTOGRAM_HEIGHT : Math.max(1, rows.size()) * rowHeight();
  }

  /** How to read a lane that is counted. */
  String scale() {
    return "counted by %s, at most %s"
        .formatted(TimeAxis.words(axis.columnStart(1, COLUMNS)), Counts.of(most(columns())));
  }

  private double rowHeight() {
    return rows.size() <= 12 ? 10 : 7;
  }

  private void place(Mark mark) {
    double x = axis.x(mark.from());
    for (List<Mark> row : rows) {
      if (right(row.getLast()) <= x) {
        row.add(mark);
        return;
      }
    }
    rows.add(new ArrayList<>(List.of(mark)));
  }

  private double right(Mark mark) {
    return axis.x(mark.to()) + SYMBOL;
  }

  /** Draws it below {@code top}. */
  void draw(Drawing drawing, double top, String label) {
    drawing
        .markup()
        .open("g", "class", "lane", "role", "group", "aria-label", label, "tabindex", "0");
    if (isCounted()) {
      drawCounts(drawing, top);
    } else {
      for (int row = 0; row < rows.size(); row++) {
        for (Mark mark : rows.get(row)) {
          drawMark(drawing.markup(), mark, top + row * rowHeight());
        }
      }
    }
    drawing.markup().close("g").line();
  }

  private void drawMark(Markup svg, Mark mark, double top) {
    double from = axis.x(mark.from());
    double to = axis.x(mark.to());
    double middle = top + rowHeight() / 2;
    svg.open("g", "class", "mark " + mark.outcome().label(), "data-id", mark.id());
    svg.element("title", mark.words());
    if (to - from > 1) {
      svg.empty(
          "rect",
          "x",
          number(from),
          "y",
          number(middle - 1.5),
          "width",
          number(to - from),
          "height",
          3);
    }
    svg.empty("use", "href", "#" + mark.outcome().label(), "x", number(to), "y", number(middle));
    svg.close("g");
  }

  private void drawCounts(Drawing drawing, double top) {
    List<Map<Outcome, Integer>> columns = columns();
    int most = most(columns);
    for (int i = 0; i < COLUMNS; i++) {
      drawColumn(drawing, columns.get(i), i, most, top + HISTOGRAM_HEIGHT);
    }
  }

  private List<Map<Outcome, Integer>> columns() {
    List<Map<Outcome, Integer>> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(new EnumMap<>(Outcome.class));
    }
    for (Mark mark : marks) {
      columns.get(axis.column(mark.to(), COLUMNS)).merge(mark.outcome(), 1, Integer::sum);
    }
    return columns;
  }

  private static int most(List<Map<Outcome, Integer>> columns) {
    return columns.stream().mapToInt(MarkLane::sum).max().orElse(1);
  }

  private void drawColumn(
      Drawing drawing, Map<Outcome, Integer> counts, int column, int most, double bottom) {
    Duration from = axis.columnStart(column, COLUMNS);
    Duration to = axis.columnStart(column + 1, COLUMNS);
    double x = axis.x(from);
    double y = bottom;
    for (Map.Entry<Outcome, Integer> one : counts.entrySet()) {
      double least = one.getKey() == Outcome.SERVED ? 1 : LEAST_SEEN;
      double height = Math.max(least, (HISTOGRAM_HEIGHT - 4 * LEAST_SEEN) * one.getValue() / most);
      y -= height;
      drawing.rect(
          "mark count " + one.getKey().label(),
          x,
          y,
          axis.x(to) - x - 1,
          height,
          "%s to %s: %s"
              .formatted(
                  TimeAxis.words(from), TimeAxis.words(to), one.getKey().times(one.getValue())));
    }
  }

  private static int sum(Map<Outcome, Integer> counts) {
    return counts.values().stream().mapToInt(count -> count).sum();
  }
}

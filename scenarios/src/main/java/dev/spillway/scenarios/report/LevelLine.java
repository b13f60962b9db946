package dev.spillway.scenarios.report;

import static dev.spillway.scenarios.report.Drawing.number;

import dev.spillway.control.WindowStatus;
import dev.spillway.scenarios.result.BucketSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How full a deployment's limits were: the tokens that were left as an area, the requests as a
 * line, each as a part of the highest limit that there was; of a provisioned deployment what was
 * free.
 */
final class LevelLine {

  static final double HEIGHT = 34;

  private final List<BucketSample> samples;
  private final TimeAxis axis;

  LevelLine(List<BucketSample> samples, TimeAxis axis) {
    this.samples = samples;
    this.axis = axis;
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  void draw(Drawing drawing, double top) {
    double bottom = top + HEIGHT;
    drawing.line("base", TimeAxis.LEFT, bottom, TimeAxis.RIGHT, bottom);
    List<double[]> tokens = points(tokens(), bottom);
    if (tokens.size() > 1) {
      String area = path(tokens) + "V" + number(bottom) + "H" + number(tokens.getFirst()[0]) + "Z";
      drawing.markup().open("path", "class", "level", "d", area);
      drawing.markup().element("title", "what was left of " + words()).close("path");
    }
    List<double[]> requests = points(requests(), bottom);
    if (requests.size() > 1) {
      drawing.markup().open("path", "class", "requests", "d", path(requests));
      drawing.markup().element("title", "what was left of the requests").close("path");
    }
  }

  /** Such as {@code 40,000 tokens}, or how it changed. */
  String words() {
    BucketSample first = samples.getFirst();
    if (first.utilization() != null) {
      return "throughput";
    }
    String before = first.tokens().limit().toString();
    String after = samples.getLast().tokens().limit().toString();
    return (before.equals(after) ? before : before + " to " + after) + " tokens";
  }

  private Function<BucketSample, Double> tokens() {
    long most = most(BucketSample::tokens);
    return sample ->
        sample.utilization() != null ? 1 - sample.utilization() / 100 : part(sample.tokens(), most);
  }

  private Function<BucketSample, Double> requests() {
    long most = most(BucketSample::requests);
    return sample -> sample.utilization() != null ? Double.NaN : part(sample.requests(), most);
  }

  private long most(Function<BucketSample, WindowStatus> window) {
    return samples.stream()
        .map(sample -> window.apply(sample).limit())
        .filter(limit -> !limit.isUnlimited())
        .mapToLong(limit -> limit.count())
        .max()
        .orElse(0);
  }

  /** Not a number where there is no limit. */
  private static double part(WindowStatus window, long most) {
    return most == 0 || window.limit().isUnlimited()
        ? Double.NaN
        : (double) window.remaining().count() / most;
  }

  /** Without those in the middle of a level stretch. */
  private List<double[]> points(Function<BucketSample, Double> level, double bottom) {
    List<double[]> points = new ArrayList<>();
    for (BucketSample sample : samples) {
      double part = level.apply(sample);
      if (!Double.isNaN(part)) {
        double y = bottom - Math.clamp(part, 0, 1) * (HEIGHT - 2);
        int size = points.size();
        if (size > 1 && same(points.get(size - 1)[1], y) && same(points.get(size - 2)[1], y)) {
          points.removeLast();
        }
        points.add(new double[] {axis.x(sample.at()), y});
      }
    }
    return points;
  }

  private static boolean same(double one, double other) {
    return Math.abs(one - other) < 0.05;
  }

  private static String path(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(number(point[0]))
          .append(' ')
          .append(number(point[1]));
    }
    return path.toString();
  }
}

package dev.spillway.scenarios.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Places moments of a scenario from left to right, in units of the drawing. */
final class TimeAxis {

  /** Where time begins and ends. */
  static final double LEFT = 170;

  static final double RIGHT = 1_080;

  private static final int MOST_TICKS = 10;
  private static final List<Long> STEPS =
      List.of(
          1L,
          2L,
          5L,
          10L,
          20L,
          50L,
          100L,
          200L,
          500L,
          1_000L,
          2_000L,
          5_000L,
          10_000L,
          15_000L,
          30_000L,
          60_000L,
          120_000L,
          300_000L,
          600_000L,
          1_800_000L,
          3_600_000L,
          14_400_000L,
          86_400_000L);

  private final Duration end;

  TimeAxis(Duration end) {
    this.end = end.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : end;
  }

  double x(Duration moment) {
    double part = (double) moment.toNanos() / end.toNanos();
    return LEFT + Math.clamp(part, 0, 1) * (RIGHT - LEFT);
  }

  /** In which of so many columns of the same width a moment is. */
  int column(Duration moment, int columns) {
    double part = (double) moment.toNanos() / end.toNanos();
    return Math.clamp((long) (part * columns), 0, columns - 1);
  }

  /** When a column begins. */
  Duration columnStart(int column, int columns) {
    return Duration.ofNanos((long) ((double) end.toNanos() / columns * column));
  }

  /** Round moments, few enough to be told apart. */
  List<Duration> ticks() {
    long step =
        STEPS.stream()
            .filter(one -> end.toMillis() / one <= MOST_TICKS)
            .findFirst()
            .orElse(STEPS.getLast());
    return LongStream.rangeClosed(0, end.toMillis() / step)
        .mapToObj(i -> Duration.ofMillis(i * step))
        .toList();
  }

  /** {@code 350 ms}, {@code 12.5 s}, {@code 2:30 min}. */
  static String words(Duration time) {
    long millis = time.toMillis();
    if (millis < 1_000) {
      return millis == 0 && !time.isZero() ? "less than 1 ms" : millis + " ms";
    }
    if (millis < 120_000) {
      String seconds = String.format(Locale.ROOT, "%.3f", millis / 1_000.0);
      return seconds.replaceAll("\\.?0+$", "") + " s";
    }
    return "%d:%02d min".formatted(millis / 60_000, millis / 1_000 % 60);
  }
}

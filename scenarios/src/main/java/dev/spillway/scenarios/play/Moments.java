package dev.spillway.scenarios.play;

import dev.spillway.scenarios.format.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When calls come that wait for nobody, counted from the scenario's beginning. */
final class Moments {

  private static final double NANOS = 1e9;

  private Moments() {}

  static List<Duration> of(Pace.Steady pace) {
    List<Duration> moments = new ArrayList<>();
    for (int i = 0; i < pace.calls(); i++) {
      moments.add(pace.from().plus(pace.every().multipliedBy(i / pace.atOnce())));
    }
    return moments;
  }

  /** The nth call comes when the rate, summed up from the beginning, has come to n - 1. */
  static List<Duration> of(Pace.Rate pace) {
    double seconds = pace.lasting().toNanos() / NANOS;
    double growth = (pace.last() - pace.first()) / seconds;
    List<Duration> moments = new ArrayList<>();
    for (int i = 0; ; i++) {
      double second = when(i, pace.first(), growth);
      if (!(second < seconds)) { // also where a falling rate never comes so far
        return moments;
      }
      moments.add(pace.from().plusNanos(Math.round(second * NANOS)));
    }
  }

  /** Solves {@code first * t + growth * t^2 / 2 = sum} for the time t. */
  private static double when(double sum, double first, double growth) {
    return growth == 0
        ? sum / first
        : (Math.sqrt(first * first + 2 * growth * sum) - first) / growth;
  }
}

package dev.spillway.router.check;

import dev.spillway.router.check.Finding.Severity;
import dev.spillway.router.config.Places;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings about one file. */
final class Findings {

  private final Places places;
  private final List<Finding> all = new ArrayList<>();

  Findings(Places places) {
    this.places = places;
  }

  /**
   * Adds one that cannot work.
   *
   * @param path where in the file, such as {@code pools.gpt}
   */
  void error(String check, String path, String reason, String cure) {
    add(Severity.ERROR, check, path, reason, cure);
  }

  /** Adds one that works, and not as it seems to. */
  void warning(String check, String path, String reason, String cure) {
    add(Severity.WARNING, check, path, reason, cure);
  }

  private void add(Severity severity, String check, String path, String reason, String cure) {
    all.add(new Finding(severity, check, places.file(), places.line(path), reason, cure));
  }

  /** In the file's order. */
  List<Finding> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }
}

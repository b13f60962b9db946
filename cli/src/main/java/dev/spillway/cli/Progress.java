package dev.spillway.cli;

/** How far something has come, on standard error: a line after each quarter. */
final class Progress {

  private static final int LINES = 4;

  private final int all;
  private int done;

  Progress(int all) {
    this.all = all;
  }

  void step() {
    done++;
    if (done < all && done * LINES / all > (done - 1) * LINES / all) {
      System.err.printf("spillway: %d of %d are played%n", done, all);
    }
  }
}

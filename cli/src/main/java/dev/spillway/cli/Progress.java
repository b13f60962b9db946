package dev.spillway.cli;

/** How far something has come, on standard error, where a person looks at it. */
final class Progress {

  private final int all;
  private final boolean isSeen = System.console() != null;
  private int done;

  Progress(int all) {
    this.all = all;
  }

  void step() {
    done++;
    if (isSeen) {
      System.err.printf("\r%d of %d", done, all);
    }
  }

  void end() {
    if (isSeen) {
      System.err.print("\r" + " ".repeat(20) + "\r");
    }
  }
}

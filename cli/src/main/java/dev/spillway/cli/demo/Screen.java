package dev.spillway.cli.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the reader sees: headings, a table of calls, and at the end what was promised and kept. */
final class Screen {

  private static final String ROW = "   %4s  %7s  %6s  %6s  %-9s  %11s  %13s%n";

  private final PrintStream out;
  private final boolean coloured;
  private final List<String> broken = new ArrayList<>();
  private int calls;
  private int promises;

  Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  void line(String text) {
    out.println(text);
  }

  void heading(String text) {
    out.println();
    out.println(bold(text));
  }

  void tableHead() {
    out.println();
    out.printf(
        ROW, "call", "clock", "tokens", "status", "served by", "left: micro", "left: 35turbo");
  }

  void row(Stage stage, CallResult result, String servedBy) {
    calls++;
    out.printf(
        ROW,
        calls,
        "+" + stage.elapsed().toSeconds() + " s",
        result.isOk() ? result.tokens() : "-",
        result.status(),
        result.isOk() ? servedBy : "-",
        stage.left("micro"),
        stage.left("35turbo"));
  }

  /** Notes whether a promise was kept, and says so. */
  void promise(String text, boolean kept) {
    promises++;
    if (!kept) {
      broken.add(text);
    }
    out.println("   " + (kept ? green("ok  ") : red("NOT ")) + text);
  }

  boolean allKept() {
    return broken.isEmpty();
  }

  void verdict() {
    out.println();
    out.println(
        allKept()
            ? bold("All " + promises + " promises kept.")
            : red(broken.size() + " of " + promises + " promises broken."));
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String green(String text) {
    return paint("32", text);
  }

  private String red(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}

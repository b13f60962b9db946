package dev.spillway.scenarios.report;

import dev.spillway.scenarios.format.Scenario;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes where a scenario comes from. A thread of GitHub is a link; whoever reads the report
 * without a network loses nothing by it.
 */
final class Sources {

  private static final Pattern THREAD = Pattern.compile("([\\w.-]+/[\\w.-]+)#(\\d+)");

  private Sources() {}

  static void write(Markup html, Scenario scenario) {
    String before = "";
    for (String source : scenario.sources()) {
      html.text(before);
      write(html, source);
      before = ", ";
    }
  }

  private static void write(Markup html, String source) {
    Matcher thread = THREAD.matcher(source);
    if (thread.matches()) {
      String address =
          "https://github.com/%s/issues/%s".formatted(thread.group(1), thread.group(2));
      html.element("a", source, "href", address, "rel", "noreferrer");
    } else {
      html.text(source);
    }
  }
}

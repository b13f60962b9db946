package dev.spillway.scenarios.report;

import dev.spillway.scenarios.result.ScenarioResult;
import java.util.List;

/**
 * Results as one HTML file that needs no other: a table of all scenarios, and for each a timeline
 * of what clients saw, who served them, how full the limits were, and what went wrong meanwhile.
 *
 * <p>It loads nothing, so that it may be mailed, attached and opened from a disk. Without its
 * script nothing is missing: the script shows the details of a call below the drawing, leads
 * through the calls by arrow keys, and folds all.
 */
public final class HtmlReport {

  private HtmlReport() {}

  public static String of(List<ScenarioResult> results) {
    Markup html = new Markup();
    html.doctype().open("html", "lang", "en").open("head").line();
    html.empty("meta", "charset", "UTF-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", "spillway check: " + Overview.title(results)).line();
    html.open("style").resource("report.css").close("style").close("head").line();
    html.open("body").resource("symbols.svg").open("main").line();
    new Overview(html, results).write();
    ScenarioSection section = new ScenarioSection(html);
    for (int i = 0; i < results.size(); i++) {
      section.write(results.get(i), ScenarioSection.id(i));
    }
    html.close("main").open("script").resource("report.js").close("script");
    return html.close("body").close("html").line().toString();
  }
}

package dev.spillway.scenarios.report;

import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.result.Attribution;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.result.ScenarioResult.Played;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One scenario: why it is there, its timeline, its expectations, and what the emulator saw. */
final class ScenarioSection {

  /** So many calls of a journal are shown, half of them from its beginning, half from its end. */
  private static final int SHOWN = 60;

  private static final int EVIDENCE = 30;

  private final Markup html;

  ScenarioSection(Markup html) {
    this.html = html;
  }

  static String id(int index) {
    return "s" + (index + 1);
  }

  void write(ScenarioResult result, String id) {
    Scenario scenario = result.scenario();
    Verdict verdict = Verdict.of(result);
    if (result.passes()) {
      html.open("details", "class", "scenario " + verdict.label(), "id", id);
    } else {
      html.open("details", "class", "scenario " + verdict.label(), "id", id, "open", "");
    }
    html.open("summary").open("h2");
    html.element("span", verdict.symbol(), "aria-hidden", "true", "class", "sign");
    html.text(" " + scenario.name());
    html.element("span", " " + verdict.words(), "class", "word").close("h2").close("summary");
    if (!scenario.why().isBlank()) {
      html.element("p", scenario.why(), "class", "why");
    }
    writeOrigin(result);
    switch (result) {
      case Played played -> {
        Timeline.draw(html, played, id);
        html.element("p", "", "class", "detail", "aria-live", "polite");
        writeExpectations(played);
        writeJournal(played);
      }
      case ScenarioResult.Unplayed unplayed ->
          html.element("p", "It could not be played: " + unplayed.why(), "class", "problem");
    }
    html.close("details").line();
  }

  private void writeOrigin(ScenarioResult result) {
    Scenario scenario = result.scenario();
    html.open("p", "class", "origin");
    html.element("code", scenario.file()).text(", group " + scenario.group());
    html.text(", seed " + result.seed());
    if (!scenario.sources().isEmpty()) {
      html.text("; from ");
      Sources.write(html, scenario);
    }
    html.close("p").line();
  }

  private void writeExpectations(Played played) {
    html.open("table", "class", "expectations").element("caption", "What was expected");
    writeHeadings("Verdict", "What", "Expected", "Seen");
    html.open("tbody");
    played.verdicts().forEach(verdict -> writeExpectation(played.scenario().file(), verdict));
    html.close("tbody").close("table").line();
  }

  private void writeHeadings(String... headings) {
    html.open("thead").open("tr");
    Stream.of(headings).forEach(heading -> html.element("th", heading, "scope", "col"));
    html.close("tr").close("thead");
  }

  private void writeExpectation(String file, ExpectationVerdict judged) {
    Verdict verdict = Verdict.of(judged.passes());
    html.open("tr").open("td", "class", "verdict " + verdict.label());
    html.element("span", verdict.symbol(), "aria-hidden", "true").text(" " + verdict.words());
    html.close("td").open("td").element("code", judged.name());
    if (!judged.selection().isEmpty()) {
      html.text(" of " + judged.selection());
    }
    html.element("span", file + ":" + judged.line(), "class", "where").close("td");
    html.element("td", judged.expected()).open("td").text(judged.seen());
    writeEvidence(judged.evidence());
    html.close("td").close("tr").line();
  }

  private void writeEvidence(List<String> evidence) {
    if (evidence.isEmpty()) {
      return;
    }
    html.open("ul", "class", "evidence");
    evidence.stream().limit(EVIDENCE).forEach(line -> html.element("li", line));
    if (evidence.size() > EVIDENCE) {
      html.element("li", "and %s more".formatted(Counts.of(evidence.size() - EVIDENCE)));
    }
    html.close("ul");
  }

  private void writeJournal(Played played) {
    List<JournalEntry> journal = played.seen().journal();
    if (journal.isEmpty()) {
      html.element("p", "No call came to the emulator.");
      return;
    }
    Attribution attribution = Attribution.of(played.seen().samples());
    boolean whole = journal.size() <= SHOWN;
    html.open("details", "class", "journal");
    html.element(
        "summary",
        whole
            ? "All %d calls that the emulator saw".formatted(journal.size())
            : "The first %d and the last %d of %s calls that the emulator saw"
                .formatted(SHOWN / 2, SHOWN / 2, Counts.of(journal.size())));
    html.open("table").element("caption", "The emulator's journal");
    writeHeadings("Call", "At", "Deployment", "Status", "Reason", "Told", "Tokens", "Took", "For");
    html.open("tbody");
    for (int i = 0; i < journal.size(); i++) {
      if (whole || i < SHOWN / 2 || i >= journal.size() - SHOWN / 2) {
        writeEntry(played, journal.get(i), attribution);
      } else if (i == SHOWN / 2) {
        html.open("tr").element("td", "…", "colspan", 9).close("tr");
      }
    }
    html.close("tbody").close("table").close("details").line();
  }

  private void writeEntry(Played played, JournalEntry entry, Attribution attribution) {
    Long told = entry.retryAfterMillis();
    html.open("tr", "class", Outcome.of(entry).label());
    cell(entry.number());
    cell(TimeAxis.words(Duration.between(played.seen().started(), entry.at())));
    cell(attribution.deployment(entry).map(Object::toString).orElse(entry.path()));
    cell(entry.status() == 0 ? "none" : entry.status() + end(entry));
    cell(entry.reason());
    cell(told == null ? null : TimeAxis.words(Duration.ofMillis(told)));
    cell(entry.chargedTokens());
    cell(TimeAxis.words(Duration.between(entry.at(), entry.endedAt())));
    cell(attribution.exchange(entry).orElse(null));
    html.close("tr").line();
  }

  private static String end(JournalEntry entry) {
    return entry.end().equals(JournalEntry.COMPLETE) ? "" : ", " + entry.end();
  }

  private void cell(@Nullable Object value) {
    html.element("td", Objects.toString(value, ""));
  }
}

package dev.spillway.scenarios.report;

import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as the XML that build servers read: a suite for each group, a test case for each
 * scenario. What failed is a {@code failure}, what could not be played an {@code error}.
 */
public final class JunitXml {

  private JunitXml() {}

  public static String of(List<ScenarioResult> results) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, "testsuites", "spillway check", results);
      for (Map.Entry<String, List<ScenarioResult>> group : groups(results).entrySet()) {
        start(xml, "testsuite", group.getKey(), group.getValue());
        for (ScenarioResult result : group.getValue()) {
          testCase(xml, result);
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text can always be written to", e);
    }
    return text.toString();
  }

  private static Map<String, List<ScenarioResult>> groups(List<ScenarioResult> results) {
    Map<String, List<ScenarioResult>> groups = new LinkedHashMap<>();
    results.forEach(result ->
        groups.computeIfAbsent(result.scenario().group(), any -> new ArrayList<>()).add(result));
    return groups;
  }

  private static void start(
      XMLStreamWriter xml, String element, String name, List<ScenarioResult> results)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(results.size()));
    xml.writeAttribute("failures", count(results, false));
    xml.writeAttribute("errors", count(results, true));
    Duration all = results.stream().map(JunitXml::took).reduce(Duration.ZERO, Duration::plus);
    xml.writeAttribute("time", seconds(all));
  }

  private static String count(List<ScenarioResult> results, boolean unplayed) {
    long count =
        results.stream()
            .filter(result -> !result.passes())
            .filter(result -> result instanceof ScenarioResult.Unplayed == unplayed)
            .count();
    return Long.toString(count);
  }

  private static void testCase(XMLStreamWriter xml, ScenarioResult result)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", result.scenario().name());
    xml.writeAttribute("classname", result.scenario().group());
    xml.writeAttribute("file", result.scenario().file());
    xml.writeAttribute("time", seconds(took(result)));
    switch (result) {
      case ScenarioResult.Played played -> {
        for (ExpectationVerdict failure : played.failures()) {
          problem(xml, "failure", message(failure), text(played, failure));
        }
      }
      case ScenarioResult.Unplayed unplayed -> problem(xml, "error", unplayed.why(), "");
    }
    xml.writeEndElement();
  }

  private static void problem(XMLStreamWriter xml, String element, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", clean(message));
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  private static String message(ExpectationVerdict failure) {
    return "%s%s: expected %s, seen %s"
        .formatted(
            failure.name(),
            failure.selection().isEmpty() ? "" : " (" + failure.selection() + ")",
            failure.expected(),
            failure.seen());
  }

  private static String text(ScenarioResult.Played played, ExpectationVerdict failure) {
    return "%s:%d, seed %d%n%s"
        .formatted(
            played.scenario().file(),
            failure.line(),
            played.seed(),
            String.join("\n", failure.evidence()));
  }

  /** XML has no way to write some characters, which a body may have. */
  private static String clean(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }

  private static Duration took(ScenarioResult result) {
    return switch (result) {
      case ScenarioResult.Played played -> played.took();
      case ScenarioResult.Unplayed unplayed -> Duration.ZERO;
    };
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}

package dev.spillway.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.result.ScenarioResult;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results as a table, as JUnit XML and as JSON. */
class TextReportsTest {

  private static final List<ScenarioResult> THREE =
      List.of(
          Results.passing("All is well", "throttling"),
          Results.failing(),
          Results.unplayed("nobody listens at http://127.0.0.1:4000"));

  @Test
  void aScenarioThatPassedIsOneLine() {
    assertThat(Table.of(THREE.get(0)).lines())
        .singleElement()
        .asString()
        .startsWith("ok    All is");
  }

  @Test
  void whatFailedIsShownWithItsPlaceItsEvidenceAndWhatWasExpected() {
    ScenarioResult.Played failing = (ScenarioResult.Played) THREE.get(1);
    var failure = failing.failures().getFirst();

    assertThat(Table.of(failing).lines())
        .anyMatch(line -> line.startsWith("FAIL  "))
        .anyMatch(line ->
            line.contains(failing.scenario().file() + ":" + failure.line() + ": " + failure.name()))
        .contains("        expected  " + failure.expected(), "        seen      " + failure.seen())
        .anyMatch(line -> line.equals("          " + failure.evidence().getFirst()));
  }

  @Test
  void whatCouldNotBePlayedSaysWhy() {
    assertThat(Table.of(THREE.get(2)))
        .startsWith("?     ")
        .contains("could not be played: nobody listens at http://127.0.0.1:4000");
  }

  @Test
  void theSummaryCountsEachGroup() {
    assertThat(Table.summary(THREE).lines().map(line -> line.replaceAll(" +", " ")))
        .contains("group passed failed unplayed", "all 1 1 1")
        .anyMatch(line -> line.startsWith("throttling 1"));
  }

  @Test
  void junitXmlHasFailuresAndErrors() throws Exception {
    Element suites = xml(JunitXml.of(THREE));

    assertThat(suites.getAttribute("tests")).isEqualTo("3");
    assertThat(suites.getAttribute("failures")).isEqualTo("1");
    assertThat(suites.getAttribute("errors")).isEqualTo("1");
    assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    Element failure = (Element) suites.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).contains("expected", "seen");
    Element error = (Element) suites.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).startsWith("nobody listens");
  }

  @Test
  void whatXmlCannotSayIsLeftOut() throws Exception {
    Element suites = xml(JunitXml.of(List.of(Results.unplayed("<&>\u0000\uD800 \"end\""))));

    Element error = (Element) suites.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).isEqualTo("<&>?? \"end\"");
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  @Test
  void jsonHasAllThatWasSeenButBodies() {
    JsonNode json = new JsonMapper().readTree(Json.of(THREE));

    assertThat(json.path("passes").asBoolean()).isFalse();
    JsonNode failing = json.path("scenarios").path(1);
    assertThat(failing.path("calls").size()).isEqualTo(48);
    assertThat(failing.path("calls").path(0).path("exchanges").path(0).path("sent-ms").isNumber())
        .isTrue();
    assertThat(failing.path("attempts").size()).isPositive();
    assertThat(failing.path("attempts").findValues("body")).isEmpty();
    assertThat(failing.path("samples").size()).isPositive();
    assertThat(failing.path("expectations").findValuesAsString("passes")).contains("false");
    assertThat(json.path("scenarios").path(2).path("unplayed").asString())
        .startsWith("nobody listens");
  }
}

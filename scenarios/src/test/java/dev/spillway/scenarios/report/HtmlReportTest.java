package dev.spillway.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.result.ScenarioResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

  private static final List<ScenarioResult> THREE =
      List.of(
          Results.passing("All is well", "throttling"),
          Results.failing(),
          Results.unplayed("nobody listens at http://127.0.0.1:4000"));

  @Test
  void theHeadSaysHowManyPassed() {
    assertThat(HtmlReport.of(THREE))
        .contains("<title>spillway check: 1 of 3 scenarios passed</title>")
        .contains("<h1>1 of 3 scenarios passed</h1>")
        .contains("1 failed · 1 could not be played · 60 calls and");
    assertThat(HtmlReport.of(List.of(Results.passing("Fine", "load"))))
        .contains("<h1>All 1 scenario passed</h1>");
  }

  @Test
  void theTableHasALineForEachScenarioBelowItsGroup() {
    assertThat(HtmlReport.of(THREE))
        .contains("scope=\"rowgroup\">throttling: 1 of 2</th>")
        .contains("scope=\"rowgroup\">outage: 0 of 1</th>")
        .contains("<a href=\"#s1\">All is well</a>")
        .contains("href=\"https://github.com/BerriAI/litellm/issues/2346\"")
        .contains("nobody listens at http://127.0.0.1:4000");
  }

  @Test
  void whatFailedIsOpenAndTheRestIsNot() {
    assertThat(HtmlReport.of(THREE))
        .contains("<details class=\"scenario passed\" id=\"s1\">")
        .contains("<details class=\"scenario failed\" id=\"s2\" open=\"\">")
        .contains("<details class=\"scenario unplayed\" id=\"s3\" open=\"\">");
  }

  @Test
  void theTimelineHasABarForEachCallAndALaneForEachDeployment() throws Exception {
    Element svg = timelines(HtmlReport.of(List.of(Results.failing()))).getFirst();

    assertThat(lanes(svg))
        .containsExactly(
            "what clients saw: 48 calls, 41 served, 5 × 429, 1 cut off, 1 left by the caller",
            "primary/gpt: 48 attempts, 14 served, 34 × 429",
            "secondary/gpt: 34 attempts, 29 served, 5 × 5xx");
    assertThat(marks(svg)).hasSize(48 + 48 + 34).allSatisfy(mark -> assertThat(mark).isNotBlank());
    assertThat(marks(svg)).contains("steady-24 at 20.7 s: 200 after 1.2 s");
    assertThat(texts(svg, "path")).contains("what was left of 40,000 to 1,000 tokens");
    assertThat(texts(svg, "rect"))
        .anySatisfy(span -> assertThat(span).isEqualTo("status 503 on secondary, 20 s to 34 s"));
  }

  @Test
  void theFailedExpectationStandsThereWithItsEvidence() {
    assertThat(HtmlReport.of(THREE))
        .contains("kit/throttling/x.yaml:12")
        .contains("<td>200: all</td><td>200: 41, 429: 5, cut: 1, left: 1<ul class=\"evidence\">")
        .contains("<li>steady-27 at 24.3 s: 429 after 50 ms; asked secondary/gpt 503</li>");
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String html = HtmlReport.of(THREE);

    assertThat(html).doesNotContain("src=").doesNotContain("url(").doesNotContain("@import");
    assertThat(Pattern.compile("<link|<img|<iframe|xlink").matcher(html).find()).isFalse();
  }

  @Test
  void whatOthersWriteIsTextAndNeverMarkup() throws Exception {
    String hostile = "</script></style><script>alert(1)</script><img onerror='x' \"&\u0000\u001b";
    String html = HtmlReport.of(List.of(Results.saying(hostile)));

    assertThat(html)
        .doesNotContain("<script>alert")
        .doesNotContain("<img")
        .doesNotContain("\u0000")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(parsed(html).getElementsByTagName("script").getLength()).isEqualTo(1);
  }

  @Test
  void aCrowdIsCountedAndNoOutcomeIsLost() throws Exception {
    String html = HtmlReport.of(List.of(Results.crowded(20_000)));
    Element svg = timelines(html).getFirst();

    assertThat(html.length()).isLessThan(200_000);
    assertThat(lanes(svg)).contains("what clients saw: 20,000 calls, 19,999 served, 1 × 5xx");
    assertThat(texts(svg, "rect")).anySatisfy(one -> assertThat(one).endsWith(": 1 × 5xx"));
    assertThat(html)
        .contains("counted by 464 ms, at most 155")
        .contains("The first 30 and the last 30 of 20,000 calls that the emulator saw");
  }

  @Test
  void aWholeKitStaysSmall() {
    List<ScenarioResult> kit = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      kit.add(Results.failing());
    }

    assertThat(HtmlReport.of(kit).length()).isLessThan(4_000_000);
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))));
  }

  private static List<Element> timelines(String html) throws Exception {
    return elements(parsed(html).getDocumentElement(), "svg").stream()
        .filter(svg -> svg.getAttribute("class").equals("timeline"))
        .toList();
  }

  private static List<String> lanes(Element svg) {
    return elements(svg, "g").stream()
        .filter(group -> group.getAttribute("class").equals("lane"))
        .map(lane -> lane.getAttribute("aria-label"))
        .toList();
  }

  private static List<String> marks(Element svg) {
    return elements(svg, "g").stream()
        .filter(group -> group.getAttribute("class").startsWith("mark"))
        .map(Element::getTextContent)
        .toList();
  }

  private static List<String> texts(Element of, String name) {
    return elements(of, name).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Element of, String name) {
    NodeList found = of.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}

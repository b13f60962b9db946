package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code spillway check --html} writes of a real run, in a real browser. */
final class HtmlReportIT {

  /** While the second deployment is down, callers see that the first one is throttled. */
  private static final String SCENARIO =
      """
      scenario: A throttled call is finished on the second deployment
      why: A caller who sees a 429 while there is capacity has been failed.
      emulator:
        listen: 127.0.0.1:EMULATOR
        wire: "2024"
        resources:
          primary:
            listen: 127.0.0.1:PRIMARY
            keys: [primary-key]
            deployments: {gpt: {model: gpt-35-turbo, capacity: 1}}
          secondary:
            listen: 127.0.0.1:SECONDARY
            keys: [secondary-key]
            deployments: {gpt: {model: gpt-35-turbo, capacity: 40, rpm: unlimited}}
      router:
        listen: 127.0.0.1:ROUTER
        backends:
          primary: {url: "http://127.0.0.1:PRIMARY", deployment: gpt, api-version: "2024-10-21", api-key: primary-key}
          secondary: {url: "http://127.0.0.1:SECONDARY", deployment: gpt, api-version: "2024-10-21", api-key: secondary-key}
        pools: {gpt: [{backend: primary, priority: 1}, {backend: secondary, priority: 2}]}
        routes: [{deployment: gpt, pool: gpt}]
      client: {deployment: gpt, api-version: "2024-10-21", key: any}
      timeline:
        - {from: 1s, to: 2s, fault: status 503, match: {resource: secondary}, name: outage}
      traffic: [{name: steady, calls: 10, every: 250ms}]
      expect:
        - statuses: {200: all}
        - attempts-per-call: "<= 2"
      """;

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void playAndOpen() throws IOException {
    String text = SCENARIO;
    for (String name : new String[] {"EMULATOR", "PRIMARY", "SECONDARY", "ROUTER"}) {
      text = text.replace(name, Integer.toString(freePort()));
    }
    Path scenario = Files.writeString(folder.resolve("two.yaml"), text);
    Path page = folder.resolve("report.html");
    try (Program check =
        Program.spillway(
            folder, Map.of(), "check", scenario.toString(), "--html", page.toString())) {
      assertThat(check.awaitExit()).as(check.out() + check.err()).isEqualTo(1);
    }
    browser = Browser.open(page, folder);
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theVerdictStandsAboveAllAndTheFailedScenarioIsOpen() {
    assertThat(browser.text("h1")).isEqualTo("0 of 1 scenario passed");
    assertThat(browser.text(".overview td .why")).startsWith("A caller who sees a 429");
    assertThat(browser.count("details.scenario.failed[open]")).isEqualTo(1);
  }

  @Test
  void theTimelineShowsABarForEachCallWithinItsLane() {
    assertThat(browser.count(".timeline .lane")).isEqualTo(3);
    assertThat(browser.count(".timeline [aria-label^=\"what clients saw\"] .mark")).isEqualTo(10);
    assertThat(browser.count(".mark.served")).isGreaterThan(6);
    assertThat(browser.count(".lane .mark:not(.served)")).isPositive();
    assertThat(browser.text(".timeline .happening")).isEqualTo("outage: status 503 on secondary");
    assertThat(
            browser
                .evaluate(
                    """
                    (() => {
                      const frame = document.querySelector('.timeline').getBoundingClientRect();
                      return Array.from(document.querySelectorAll('.timeline .lane .mark'))
                        .map(mark => mark.getBoundingClientRect())
                        .every(box => box.width > 1 && box.height > 1 && box.left >= frame.left
                          && box.right <= frame.right && box.bottom <= frame.bottom);
                    })()\
                    """)
                .booleanValue())
        .isTrue();
  }

  @Test
  void theFailedExpectationStandsBelowItWithTheCallsThatShowIt() {
    assertThat(browser.text(".expectations tr:has(.verdict.failed)"))
        .contains("statuses", "two.yaml:", "200: all", "steady-");
    assertThat(browser.count(".expectations .verdict.passed")).isEqualTo(1);
    assertThat(browser.count(".journal tbody tr")).isGreaterThanOrEqualTo(10);
  }

  @Test
  void pointingAtACallShowsItWithItsAttempts() {
    browser.pointAt(".mark.served[data-id=\"steady-3\"]");

    assertThat(browser.text(".detail").lines().toList())
        .hasSizeGreaterThanOrEqualTo(2)
        .first()
        .asString()
        .startsWith("steady-3 at ")
        .contains(": 200 after ");
    assertThat(browser.text(".detail")).contains("secondary/gpt  200").contains("for steady-3");
  }

  @Test
  void arrowKeysLeadFromCallToCall() {
    browser.evaluate("document.querySelector('.lane').focus()");
    browser.press("ArrowRight");
    assertThat(browser.text(".detail")).startsWith("steady-1 at ");
    browser.press("ArrowRight");
    assertThat(browser.text(".detail")).startsWith("steady-2 at ");
    browser.press("ArrowLeft");
    assertThat(browser.text(".detail")).startsWith("steady-1 at ");
  }

  @Test
  void itIsDarkForWhomTheSystemIsAndOpensAllOnPaper() {
    String background = "getComputedStyle(document.body).backgroundColor";
    browser.as("screen", "dark");
    assertThat(browser.evaluate(background).stringValue()).isEqualTo("rgb(13, 17, 23)");
    browser.as("screen", "light");
    assertThat(browser.evaluate(background).stringValue()).isEqualTo("rgb(255, 255, 255)");

    String journalIsSeen = "document.querySelector('.journal table').checkVisibility()";
    assertThat(browser.evaluate(journalIsSeen).booleanValue()).isFalse();
    browser.as("print", "dark");
    assertThat(browser.evaluate(journalIsSeen).booleanValue()).isTrue();
    browser.as("screen", "light");
  }

  @Test
  void itAsksForNothingElse() {
    assertThat(browser.evaluate("performance.getEntriesByType('resource').length").intValue())
        .isZero();
  }
}

package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code GET /metrics}, and the page about it. */
class MetricsTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram)[^|]*\\| ([^|]*)\\|.*$",
          Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE ([a-z0-9_]+) (\\w+)$", Pattern.MULTILINE);
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-z0-9_]+?)(?:_bucket|_count|_sum)?\\{([^}]*)} ", Pattern.MULTILINE);
  private static final String USAGE =
      """
      {"id":1,"usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":2}}}\
      """;

  private static final String STREAM =
      """
      data: {"choices":[{"delta":{"content":"a"}}]}

      data: [DONE]

      """;

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();
  private final FailoverRouter router = fixture.router(micro.url(), turbo.url());

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void thePageListsWhatAScrapeShows() throws Exception {
    micro.answering(429, "{}", "Retry-After", "41");
    turbo.answeringWith(200, "text/event-stream", STREAM);
    fixture.post(router, "/completions", "{\"stream\":true}");
    fixture.post(router, "/nowhere", "{}");
    fixture.clock.advance(Duration.ofSeconds(41));
    micro.answering(
        200, "{}", "x-ratelimit-limit-tokens", "20", "x-ratelimit-remaining-tokens", "4");
    turbo.answering(200, "{}", "azure-openai-deployment-utilization", "80.0%");
    fixture.post(router, "/completions", "{}");
    fixture.post(router, "/completions", "{}");
    String clients = "clients: [{name: batch, key: two, requests-per-minute: 1}]";
    String yaml = RouterFixture.yaml(micro.url(), turbo.url(), clients);
    router.reload(RouterConfig.parse("router.yaml", yaml, name -> null));
    fixture.post(router, "/completions", "{}", "api-key", "two");
    fixture.post(router, "/completions", "{}", "api-key", "two");

    String scrape = fixture.get(router, "/metrics").body();
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    find(TYPE, scrape, type -> types.put(type.group(1), type.group(2)));
    types.keySet().removeIf(name -> name.endsWith("_max"));
    types.keySet().forEach(name -> labels.put(name, new TreeSet<>()));
    find(
        SAMPLE,
        scrape,
        sample -> {
          Set<String> known = labels.get(sample.group(1));
          if (known != null) {
            find(Pattern.compile("(\\w+)=\""), sample.group(2), label -> known.add(label.group(1)));
            known.remove("le");
          }
        });

    String page = Files.readString(DOCS.resolve("metrics.md"));
    Map<String, String> listed = new TreeMap<>();
    Map<String, Set<String>> listedLabels = new TreeMap<>();
    find(
        ROW,
        page,
        row -> {
          listed.put(row.group(1), row.group(2));
          Set<String> names = new TreeSet<>();
          find(Pattern.compile("`(\\w+)`"), row.group(3), label -> names.add(label.group(1)));
          listedLabels.put(row.group(1), names);
        });
    assertThat(listed).isEqualTo(types).hasSizeGreaterThan(12);
    assertThat(listedLabels).isEqualTo(labels);
  }

  @Test
  void alertsAndQuestionsNameMetricsThatThereAre() throws Exception {
    String page = Files.readString(DOCS.resolve("metrics.md"));
    Set<String> listed = new TreeSet<>();
    find(ROW, page, row -> listed.add(row.group(1)));
    String asked =
        Files.readString(DOCS.resolve("alerts.yml"))
            + page.substring(page.indexOf("## Questions"), page.indexOf("## Alerts"));

    Set<String> named = new TreeSet<>();
    find(
        Pattern.compile("\\b([a-z][a-z0-9_]*_(?:total|state|bucket|ratio|flight|seconds))\\b"),
        asked,
        name -> named.add(name.group(1).replaceFirst("_bucket$", "")));
    assertThat(named).hasSizeGreaterThan(6);
    assertThat(listed).containsAll(named);
  }

  @Test
  void theAttemptsTheTokensAndTheBackendsAreCounted() throws Exception {
    micro.answering(429, "{}", "Retry-After", "41");
    turbo.answering(200, USAGE);
    fixture.post(router, "/completions", "{}");
    fixture.post(router, "/completions", "{}");

    assertThat(fixture.get(router, "/metrics").body())
        .contains("attempts_total{backend=\"micro\",pool=\"gpt\",result=\"429\"} 1.0")
        .contains("attempts_total{backend=\"turbo\",pool=\"gpt\",result=\"200\"} 2.0")
        .contains("amplification_ratio{pool=\"gpt\"} 1.5")
        .contains("added_latency_seconds_count 2")
        .contains("backend_state{backend=\"micro\",state=\"resting\"} 1.0")
        .contains("backend_state{backend=\"micro\",state=\"serving\"} 0.0")
        .contains("backend_rest_seconds{backend=\"micro\"} 41.0")
        .contains("backend_in_flight{backend=\"turbo\"} 0.0")
        .contains("unforeseen_429_total{backend=\"micro\"} 1.0")
        .contains(
            "tokens_total{backend=\"turbo\",caller=\"anybody\",class=\"served\",kind=\"cached\",known=\"reported\",pool=\"gpt\"}"
                + " 4.0");
  }

  private interface Use {
    void of(Matcher found);
  }

  private static void find(Pattern pattern, String text, Use use) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      use.of(matcher);
    }
  }
}

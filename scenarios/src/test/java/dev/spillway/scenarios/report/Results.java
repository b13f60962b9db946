package dev.spillway.scenarios.report;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.Limit;
import dev.spillway.control.WindowStatus;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.Exchange.End;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.Performance;
import dev.spillway.scenarios.result.ScenarioResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that no router has made, for the reports to show. */
final class Results {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final DeploymentRef PRIMARY = new DeploymentRef("primary", "gpt");
  private static final DeploymentRef SECONDARY = new DeploymentRef("secondary", "gpt");

  private final Scenario scenario;
  private final List<CallRecord> calls = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<BucketSample> samples = new ArrayList<>();

  private Results(Scenario scenario) {
    this.scenario = scenario;
  }

  static Scenario scenario(String name, String why, String group, String timeline) {
    return new ScenarioReader(variable -> null, client -> client)
        .parse(
            Path.of("kit/%s/x.yaml".formatted(group)),
            """
            scenario: "%s"
            why: "%s"
            group: "%s"
            source: [BerriAI/litellm#2346, an invariant]
            emulator:
              resources:
                primary: {deployments: {gpt: {model: gpt-4o, capacity: 40}}}
                secondary: {deployments: {gpt: {model: gpt-4o, capacity: 40}}}
            router: {}
            traffic: [{name: steady, calls: 1}]
            expect: [{statuses: {200: all}}]
            timeline: [%s]
            """
                .formatted(name, why, group, timeline));
  }

  private static Duration seconds(double count) {
    return Duration.ofNanos((long) (count * 1e9));
  }

  /** A router that lets a few 429s through, an answer that is cut, and a caller that leaves. */
  static ScenarioResult failing() {
    Results results =
        new Results(
            scenario(
                "A throttled call is finished on the second deployment",
                "A caller that sees a 429 while there is capacity somewhere has been failed.",
                "throttling",
                """
                {at: 10s, deployment: primary/gpt, set: {capacity: 1}}, \
                {from: 20s, to: 34s, fault: status 503, match: {resource: secondary}}\
                """));
    for (int i = 0; i < 48; i++) {
      double at = i * 0.9;
      boolean bad = i > 22 && i < 38 && i % 3 == 0;
      boolean throttled = at > 12 && at < 50;
      if (throttled) {
        results.attempt(i, at, 0.02, PRIMARY, 429, 30_000L);
      }
      results.attempt(
          i, at + 0.03, bad ? 0.01 : 1.1, throttled ? SECONDARY : PRIMARY, bad ? 503 : 200, null);
      results.call(
          i,
          at,
          bad ? 0.05 : 1.2,
          bad ? 429 : 200,
          i == 40 ? End.CUT : i == 44 ? End.LEFT : End.COMPLETE);
    }
    for (int i = 0; i < 90; i++) {
      double at = i * 0.5;
      long limit = at < 10 ? 40_000 : 1_000;
      results.sample(PRIMARY, at, limit, Math.max(0, limit - (i % 60) * 900L));
      results.sample(SECONDARY, at, 40_000, 40_000 - (long) Math.max(0, (at - 12) * 700));
    }
    return results.played(
        44.6,
        List.of(
            new ExpectationVerdict(
                12,
                "statuses",
                "",
                false,
                "200: all",
                "200: 41, 429: 5, cut: 1, left: 1",
                List.of(
                    "steady-24 at 21.6 s: 429 after 50 ms; asked primary/gpt 429 (tokens), told 30"
                        + " s, then secondary/gpt 503",
                    "steady-27 at 24.3 s: 429 after 50 ms; asked secondary/gpt 503")),
            new ExpectationVerdict(
                13, "attempts-per-call", "steady", true, "<= 2", "1.6", List.of())));
  }

  static ScenarioResult passing(String name, String group) {
    Results results = new Results(scenario(name, "Because.", group, ""));
    for (int i = 0; i < 12; i++) {
      results.attempt(i, i, 0, PRIMARY, 200, null);
      results.call(i, i, 0, 200, End.COMPLETE);
    }
    results.sample(PRIMARY, 0, 40_000, 40_000);
    results.sample(PRIMARY, 12, 40_000, 30_000);
    return results.played(
        12,
        List.of(new ExpectationVerdict(9, "statuses", "", true, "200: all", "200: 12", List.of())));
  }

  /** So many calls that they cannot be shown one by one. */
  static ScenarioResult crowded(int calls) {
    Results results = new Results(scenario("A crowd", "Many come.", "load", ""));
    for (int i = 0; i < calls; i++) {
      double at = 60.0 * i / calls;
      boolean bad = i == calls / 2;
      results.attempt(i, at, 0.4, i % 3 == 0 ? PRIMARY : SECONDARY, bad ? 503 : 200, null);
      results.call(i, at, 0.4, bad ? 503 : 200, End.COMPLETE);
    }
    for (int i = 0; i < 240; i++) {
      results.sample(PRIMARY, i * 0.25, 40_000, (long) (20_000 + 15_000 * Math.sin(i / 9.0)));
    }
    return results.played(
        60.4,
        List.of(
            new ExpectationVerdict(9, "statuses", "", true, "200: 99%", "200: most", List.of())));
  }

  static ScenarioResult unplayed(String why) {
    return new ScenarioResult.Unplayed(scenario("Not to be had", "", "outage", ""), 42, why);
  }

  /** Everything that somebody else can write says {@code text}. */
  static ScenarioResult saying(String text) {
    Results results = new Results(scenario("plain", "plain", "plain", ""));
    Scenario hostile =
        new Scenario(
            text,
            text,
            text,
            List.of(text),
            text,
            results.scenario.setup(),
            results.scenario.traffic(),
            results.scenario.events(),
            results.scenario.expectations());
    Results said = new Results(hostile);
    DeploymentRef deployment = new DeploymentRef(text.replace("/", ""), text.replace("/", ""));
    said.journal.add(entry(1, text, 0, 0, deployment, 429, 5L, text));
    said.calls.add(
        new CallRecord(
            text, text, 1, text, false, text, List.of(exchange(text, 0, 1, 429, End.COMPLETE))));
    said.sample(deployment, 0, 10, 10);
    return said.played(
        1, List.of(new ExpectationVerdict(1, text, text, false, text, text, List.of(text))));
  }

  private void call(int number, double at, double took, int status, End end) {
    String id = "steady-" + (number + 1);
    calls.add(
        new CallRecord(
            id,
            "steady",
            number + 1,
            null,
            false,
            "{}",
            List.of(exchange(id, at, took, status, end))));
  }

  private static Exchange exchange(String id, double at, double took, int status, End end) {
    return new Exchange(
        id,
        seconds(at),
        seconds(at),
        null,
        seconds(at + took),
        status,
        List.of(),
        9,
        "",
        end,
        null);
  }

  private void attempt(
      int call, double at, double took, DeploymentRef on, int status, @Nullable Long told) {
    String reason = status == 429 ? "tokens" : status == 503 ? "status 503" : null;
    journal.add(
        entry(journal.size() + 1L, "steady-" + (call + 1), at, took, on, status, told, reason));
  }

  private static JournalEntry entry(
      long number,
      String id,
      double at,
      double took,
      DeploymentRef on,
      int status,
      @Nullable Long told,
      @Nullable String reason) {
    return new JournalEntry(
        number,
        START.plus(seconds(at)),
        START.plus(seconds(at + took)),
        "id",
        id,
        "key1",
        "POST",
        "/openai/deployments/gpt/chat/completions",
        null,
        on.resource(),
        on.deployment(),
        null,
        false,
        status,
        reason,
        status == 200 ? 300L : null,
        status == 200 ? 160 : null,
        status == 200 ? 140 : null,
        told,
        JournalEntry.COMPLETE,
        null);
  }

  private void sample(DeploymentRef on, double at, long limit, long left) {
    samples.add(
        new BucketSample(
            seconds(at),
            on,
            new WindowStatus(Limit.of(limit), Limit.of(left), 60, 0),
            new WindowStatus(Limit.of(240), Limit.of(200), 60, 0),
            null));
  }

  private ScenarioResult played(double lasted, List<ExpectationVerdict> verdicts) {
    return new ScenarioResult.Played(
        scenario,
        42,
        verdicts,
        new Performance(calls, journal, List.of(), samples, START, seconds(lasted), List.of()),
        Duration.ofMillis(840));
  }
}

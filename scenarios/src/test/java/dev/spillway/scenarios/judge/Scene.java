package dev.spillway.scenarios.judge;

import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
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
import dev.spillway.scenarios.stage.Header;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen of two deployments, primary and secondary, as somebody made it up. */
final class Scene {

  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ATTEMPT = Duration.ofMillis(100);

  private final List<CallRecord> calls = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<FaultStatus> faults = new ArrayList<>();

  /** A call that is put together: what is tried for it, and then what its caller got. */
  final class Call {

    private final String traffic;
    private final String id;
    private final Duration sent;
    private final boolean stream;
    private Duration now;

    private Call(String traffic, long millis, boolean stream) {
      this.traffic = traffic;
      this.id = traffic + "-" + (calls.size() + 1);
      this.sent = Duration.ofMillis(millis);
      this.stream = stream;
      this.now = sent;
    }

    Call tried(String resource, int status) {
      return tried(resource, status, 0, JournalEntry.COMPLETE, ATTEMPT);
    }

    /** A refusal that told to wait. */
    Call refused(String resource, long waitMillis) {
      return tried(resource, 429, waitMillis, JournalEntry.COMPLETE, ATTEMPT);
    }

    /** An attempt with what its caller wrote, or something else. */
    Call triedWith(String resource, String body) {
      tried(resource, 200);
      journal.set(journal.size() - 1, of(journal.getLast(), id, body));
      return this;
    }

    Call cancelledAfter(String resource, long millis) {
      return tried(resource, 200, 0, JournalEntry.CANCELLED, Duration.ofMillis(millis));
    }

    private Call tried(String resource, int status, long wait, String end, Duration took) {
      journal.add(
          new JournalEntry(
              journal.size() + 1,
              STARTED.plus(now),
              STARTED.plus(now).plus(took),
              "apim-" + journal.size(),
              id,
              "key1",
              "POST",
              "/openai/deployments/gpt/chat/completions",
              "2024-10-21",
              resource,
              "gpt",
              null,
              stream,
              status,
              status == 429 ? "tokens" : null,
              status < 300 ? 40L : null,
              null,
              null,
              wait == 0 ? null : wait,
              end,
              "body of " + id));
      now = now.plus(took);
      return this;
    }

    Scene got(int status, Header... headers) {
      return ended(status, End.COMPLETE, "answer to " + id, headers);
    }

    Scene ended(int status, End end, String body, Header... headers) {
      Exchange exchange =
          new Exchange(
              id,
              sent,
              status == 0 ? null : now,
              status == 200 ? now : null,
              now,
              status,
              List.of(headers),
              body.length(),
              body,
              end,
              null);
      calls.add(
          new CallRecord(
              id, traffic, calls.size() + 1, null, stream, "body of " + id, List.of(exchange)));
      return Scene.this;
    }
  }

  /** The attempts so far came without the callers' ids, and with this body. */
  void forgetIds(String body) {
    journal.replaceAll(entry -> of(entry, null, body));
  }

  private static JournalEntry of(JournalEntry entry, @Nullable String id, String body) {
    return new JournalEntry(
        entry.number(),
        entry.at(),
        entry.endedAt(),
        entry.requestId(),
        id,
        entry.caller(),
        entry.method(),
        entry.path(),
        entry.apiVersion(),
        entry.resource(),
        entry.deployment(),
        entry.spilledFrom(),
        entry.stream(),
        entry.status(),
        entry.reason(),
        entry.chargedTokens(),
        entry.promptTokens(),
        entry.completionTokens(),
        entry.retryAfterMillis(),
        entry.end(),
        body);
  }

  Call call(long millis) {
    return new Call("steady", millis, false);
  }

  Call call(String traffic, long millis) {
    return new Call(traffic, millis, false);
  }

  Call stream(long millis) {
    return new Call("steady", millis, true);
  }

  Scene fault(String name, long used) {
    faults.add(new FaultStatus(FaultSpec.parse("reset").named(name), used, used));
    return this;
  }

  /** The verdict on the only expectation, as a file writes it. */
  ExpectationVerdict expect(String item) {
    String yaml =
        """
        scenario: Made up
        emulator: {resources: {primary: {deployments: {gpt: {model: m}}}, secondary: {deployments: {gpt: {model: m}}}}}
        traffic: [{name: steady, calls: 1}, {name: burst, calls: 1}]
        expect: [%s]
        """
            .formatted(item);
    Scenario scenario =
        new ScenarioReader(name -> null, client -> client).parse(Path.of("x.yaml"), yaml);
    return Judge.judge(scenario, performance()).getFirst();
  }

  private Performance performance() {
    List<BucketSample> samples = Stream.of("primary", "secondary").map(Scene::sample).toList();
    return new Performance(
        calls, journal, faults, samples, STARTED, Duration.ofMinutes(5), List.of());
  }

  private static BucketSample sample(String resource) {
    WindowStatus full = new WindowStatus(Limit.of(1000), Limit.of(1000), 60, 0);
    return new BucketSample(Duration.ZERO, new DeploymentRef(resource, "gpt"), full, full, null);
  }
}

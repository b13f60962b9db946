package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Condition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A router in front of two deployments for chats and two for vectors: the first of each has a
 * thousand tokens a minute, the second enough. The clock that both programs have stands still, so
 * that nothing gets better by waiting, and the router does not look ahead, so that it is refused.
 */
final class Throttled implements AutoCloseable {

  static final String CHAT = "chat";
  static final String VECTORS = "vectors";
  static final String CALLER_KEY = "the-key-of-the-caller";

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final JsonMapper JSON = new JsonMapper();

  private final VirtualClock clock = VirtualClock.frozenAt(START);
  private final Emulator emulator;
  private final FailoverRouter router;
  private long before = -1;

  private Throttled(String wire) {
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                wire: "${WIRE}"
                resources:
                  contoso:
                    keys: [the-key-of-azure]
                    deployments:
                      chat-first:     {model: gpt-4o, capacity: 1, rpm: unlimited}
                      chat-second:    {model: gpt-4o, capacity: 1000, rpm: unlimited}
                      vectors-first:  {model: text-embedding-3-small, capacity: 1, rpm: unlimited}
                      vectors-second: {model: text-embedding-3-small, capacity: 1000, rpm: unlimited}
                """,
                Map.of("WIRE", wire)::get),
            clock);
    router =
        FailoverRouter.start(
            RouterConfig.parse(
                "router.yaml",
                """
                listen: 127.0.0.1:0
                look-ahead: false
                clients:
                  - {name: tests, key: the-key-of-the-caller}
                backends:
                  chat-first:     {url: "${EMULATOR}", deployment: chat-first,     api-version: 2024-10-21, api-key: the-key-of-azure}
                  chat-second:    {url: "${EMULATOR}", deployment: chat-second,    api-version: 2024-10-21, api-key: the-key-of-azure}
                  vectors-first:  {url: "${EMULATOR}", deployment: vectors-first,  api-version: 2024-10-21, api-key: the-key-of-azure}
                  vectors-second: {url: "${EMULATOR}", deployment: vectors-second, api-version: 2024-10-21, api-key: the-key-of-azure}
                pools:
                  chats:
                    - {backend: chat-first,  priority: 1}
                    - {backend: chat-second, priority: 2}
                  texts:
                    - {backend: vectors-first,  priority: 1}
                    - {backend: vectors-second, priority: 2}
                routes:
                  - {deployment: chat, pool: chats}
                  - {model: chat, pool: chats}
                  - {deployment: gpt-35-turbo, pool: chats}
                  - {model: gpt-35-turbo, pool: chats}
                  - {deployment: vectors, pool: texts}
                  - {model: vectors, pool: texts}
                """,
                Map.of("EMULATOR", emulator.uri().toString())::get),
            clock);
  }

  /** The emulator speaks as Azure OpenAI did in this year. */
  static Throttled of(String wire) {
    return new Throttled(wire);
  }

  URI router() {
    return router.uri();
  }

  URI emulator() {
    return emulator.uri();
  }

  /** Lets rests and windows pass, and forgets what the emulator saw; so begins another test. */
  void begin() {
    clock.advance(Duration.ofMinutes(2));
    emulator.control().clearJournal();
    before = traces().stream().mapToLong(Throttled::number).max().orElse(before);
  }

  /** What the router has answered since the test began, request by request. */
  List<JsonNode> traces() {
    return router.traces().stream()
        .map(trace -> JSON.readTree(trace))
        .filter(trace -> number(trace) > before)
        .toList();
  }

  private static long number(JsonNode trace) {
    return trace.get("number").longValue();
  }

  /** The calls that the emulator saw: {@code chat-first 429}. */
  List<String> attempts() {
    return emulator.control().journal(JournalQuery.all()).stream().map(Throttled::line).toList();
  }

  private static String line(JournalEntry call) {
    return call.deployment() + " " + call.status();
  }

  /**
   * So many requests came, each of them once, and each was answered 200 without waiting, although
   * the first deployment has refused; so no client was told to wait, and none has retried.
   */
  void assertEachServedAtOnce(int requests, String route) {
    List<JsonNode> traces = traces();
    assertThat(traces).hasSize(requests);
    assertThat(traces)
        .allSatisfy(trace -> {
          assertThat(trace.get("status").intValue()).isEqualTo(200);
          assertThat(trace.get("took-ms").doubleValue()).isZero();
          assertThat(trace.get("steps").valueStream())
              .noneMatch(step -> step.get("step").stringValue().equals("waited"));
        });
    assertThat(attempts())
        .contains(route + "-first 200", route + "-first 429")
        .haveExactly(requests, new Condition<>(attempt -> attempt.endsWith(" 200"), "answered"));
  }

  @Override
  public void close() {
    router.close();
    emulator.close();
  }
}

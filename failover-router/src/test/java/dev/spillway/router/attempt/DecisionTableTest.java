package dev.spillway.router.attempt;

import static dev.spillway.router.attempt.Fixtures.MICRO;
import static dev.spillway.router.attempt.Fixtures.TURBO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.health.RestRule;
import dev.spillway.router.health.SlowStart;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AnswerJudge;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Execution;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The default decision table, row by row: docs/failover.md has it for people. Each row goes from
 * the bytes of an answer through the judge, the loop, the policy, the health board and the endings.
 */
class DecisionTableTest {

  /** What a backend's failures do to its health at once, and after three in a row. */
  enum Held {
    NOTHING,
    RESTS_7_S,
    RESTS_2_S,
    COUNTS,
    BENCHED,
    QUARANTINED
  }

  /** What an outcome looks like to the router. */
  interface Outcome {
    AttemptResult of(CallPlan call, VirtualClock clock) throws IOException;
  }

  /**
   * One row.
   *
   * @param goesOn whether the next backend is asked
   * @param exhausted the status of the caller's answer when both backends do the same
   * @param passed whether that answer is the backend's own
   */
  record Row(
      String name,
      Outcome outcome,
      Execution execution,
      Held held,
      boolean goesOn,
      int exhausted,
      boolean passed) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Header JSON = new Header("Content-Type", "application/json");
  private static final Header HTML = new Header("Content-Type", "text/html");
  private static final Header EVENTS = new Header("Content-Type", "text/event-stream");
  private static final Header SEVEN = new Header("Retry-After", "7");
  private static final String ERROR = "{\"error\":{\"code\":\"x\",\"message\":\"Says it.\"}}";
  private static final String ROLE =
      "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n";
  private static final Duration SEVEN_SECONDS = Duration.ofSeconds(7);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  static Stream<Row> rows() {
    return Stream.of(
        freeRow("429 with a wait", answer(429, ERROR, SEVEN), Held.RESTS_7_S, 429, false),
        freeRow("429 without a wait", answer(429, ERROR), Held.RESTS_2_S, 429, false),
        freeRow(
            "429 that says to wait for a day",
            answer(429, ERROR, new Header("Retry-After", "86400")),
            Held.RESTS_2_S,
            429,
            false),
        freeRow("503 with a wait", answer(503, ERROR, SEVEN), Held.RESTS_7_S, 503, true),
        costlyRow("503 without a wait", answer(503, ERROR), 503, true),
        costlyRow("500", answer(500, ERROR), 500, true),
        costlyRow("502", answer(502, ERROR), 502, true),
        costlyRow("504", answer(504, ERROR), 504, true),
        costlyRow("529", answer(529, ERROR), 529, true),
        costlyRow("408", answer(408, ERROR), 408, true),
        costlyRow("499", answer(499, ERROR), 499, true),
        costlyRow("a proxy's page with 502", page(502), 502, false),
        freeRow(
            "refused, unknown host, failed handshake",
            (call, clock) -> new AttemptResult.Unreachable("ConnectException"),
            Held.BENCHED,
            502,
            false),
        costlyRow("no headers in time", (call, clock) -> new AttemptResult.TimedOut(), 504, false),
        costlyRow("reset before any content", (call, clock) -> Fixtures.reset(), 502, false),
        freeRow(
            "a 429 as an event before any content",
            stream(ROLE + event("429", "Please retry after 7 seconds.")),
            Held.RESTS_7_S,
            429,
            false),
        costlyRow(
            "an error as an event before any content",
            stream(ROLE + event("server_error", "No.")),
            500,
            true),
        refusalRow(
            "a refusal as an event before any content",
            stream(ROLE + event("content_filter", "No.")),
            400),
        costlyRow("a stream that says nothing", stream("data: [DONE]\n\n"), 502, false),
        costlyRow("a stream of garbage", stream("data: {\n\n"), 502, false),
        costlyRow("200 with nothing", answer(200, ""), 502, false),
        costlyRow("200 with broken JSON", answer(200, "{\"id\":"), 502, false),
        costlyRow("200 with a page", page(200), 502, false),
        refusalRow("400 invalid", answer(400, ERROR), 400),
        refusalRow(
            "400 content filter", answer(400, "{\"error\":{\"code\":\"content_filter\"}}"), 400),
        refusalRow(
            "400 context length",
            answer(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}"),
            400),
        refusalRow("404 of anything else", answer(404, ERROR), 404),
        refusalRow("422", answer(422, ERROR), 422),
        rejectionRow("401", answer(401, ERROR), 401),
        rejectionRow("403", answer(403, ERROR), 403),
        rejectionRow(
            "404 DeploymentNotFound",
            answer(404, "{\"error\":{\"code\":\"DeploymentNotFound\"}}"),
            404));
  }

  private static Row freeRow(String name, Outcome outcome, Held held, int status, boolean passed) {
    return new Row(name, outcome, Execution.NOT_EXECUTED, held, true, status, passed);
  }

  private static Row costlyRow(String name, Outcome outcome, int status, boolean passed) {
    return new Row(name, outcome, Execution.MAYBE_EXECUTED, Held.COUNTS, true, status, passed);
  }

  private static Row refusalRow(String name, Outcome outcome, int status) {
    return new Row(name, outcome, Execution.EXECUTED, Held.NOTHING, false, status, true);
  }

  private static Row rejectionRow(String name, Outcome outcome, int status) {
    return new Row(name, outcome, Execution.NOT_EXECUTED, Held.QUARANTINED, true, status, true);
  }

  private static Outcome answer(int status, String body, Header... more) {
    return (call, clock) -> judge(call, clock).whole(raw(status, body, JSON, more));
  }

  private static Outcome page(int status) {
    return (call, clock) -> judge(call, clock).whole(raw(status, "<html>", HTML));
  }

  private static Outcome stream(String events) {
    return (call, clock) ->
        judge(call, clock)
            .arriving(raw(200, "", EVENTS), new ByteArrayInputStream(bytes(events)), () -> {});
  }

  private static String event(String code, String message) {
    return "data: {\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}\n\n".formatted(code, message);
  }

  private static AnswerJudge judge(CallPlan call, VirtualClock clock) {
    return new AnswerJudge(call, 1 << 20, clock);
  }

  private static Answer raw(int status, String body, Header type, Header... more) {
    List<Header> headers = new ArrayList<>(List.of(more));
    headers.add(type);
    return new Answer(status, headers, new AnswerBody.Whole(bytes(body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> asked = new ArrayList<>();
  private final HealthBoard health =
      new HealthBoard(
          List.of(MICRO, TURBO),
          new RestRule(TWO_SECONDS, Duration.ofMinutes(1)),
          new SlowStart(Duration.ZERO),
          clock.nanoTime());

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhetherAModelMayHaveWorked(Row row) throws IOException {
    assertThat(row.outcome.of(Fixtures.call(), clock).execution()).isEqualTo(row.execution);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isHeldAgainstTheBackendAsMuchAsItSays(Row row) throws Exception {
    Reply unused = loop(row, MICRO).run(Fixtures.call());

    HealthState state = health.state(MICRO, clock.nanoTime());
    switch (row.held) {
      case NOTHING, COUNTS -> assertThat(state).isEqualTo(HealthState.SERVING);
      case RESTS_7_S -> assertThat(state).isEqualTo(new HealthState.Resting(SEVEN_SECONDS));
      case RESTS_2_S -> assertThat(state).isEqualTo(new HealthState.Resting(TWO_SECONDS));
      case BENCHED -> assertThat(state).isEqualTo(new HealthState.Benched(Duration.ofSeconds(1)));
      case QUARANTINED ->
          assertThat(state).isEqualTo(new HealthState.Quarantined(Duration.ofMinutes(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyWhatCountsBenchesAfterThreeInARow(Row row) throws Exception {
    AttemptLoop loop = loop(row, MICRO);
    for (int i = 0; i < 3; i++) {
      Reply unused = loop.run(Fixtures.call());
    }

    boolean benched = health.state(MICRO, clock.nanoTime()) instanceof HealthState.Benched;
    assertThat(benched).isEqualTo(row.held == Held.COUNTS || row.held == Held.BENCHED);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isFinishedElsewhereUnlessItIsTheCallers(Row row) throws Exception {
    Reply reply = loop(row, MICRO).run(Fixtures.call());

    assertThat(asked).isEqualTo(row.goesOn ? List.of("micro", "35turbo") : List.of("micro"));
    assertThat(reply.ending().status()).isEqualTo(row.goesOn ? 200 : row.exhausted);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whenBothDoItTheCallerGets(Row row) throws Exception {
    Reply reply = loop(row, MICRO, TURBO).run(Fixtures.call());

    assertThat(reply.ending().status()).isEqualTo(row.exhausted);
    assertThat(reply.ending() instanceof Ending.Passed).isEqualTo(row.passed);
    if (row.exhausted == 429) {
      Duration wait = row.held == Held.RESTS_7_S ? SEVEN_SECONDS : TWO_SECONDS;
      assertThat(reply.ending()).isEqualTo(new Ending.Throttled(wait));
    }
  }

  /** A loop over micro and 35turbo, of which some do what the row says and the others serve. */
  private AttemptLoop loop(Row row, Backend... doing) {
    List<Backend> bad = List.of(doing);
    Upstream upstream =
        new Upstream() {
          @Override
          public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits) {
            asked.add(backend.name());
            try {
              return bad.contains(backend) ? row.outcome.of(call, clock) : Fixtures.ok();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        };
    return new AttemptLoop(
        List.of(Pool.of("pool", List.of(new Member(MICRO, 1), new Member(TURBO, 2)))),
        Limits.DEFAULT,
        new Loads(),
        upstream,
        health,
        new LookAhead(List.of(MICRO, TURBO), Limits.DEFAULT.lookAhead(), clock.nanoTime()),
        Witness.all(List.of()),
        clock);
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.WhileFrozen;
import dev.spillway.control.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A frozen clock that is moved to just where the next wait ends. */
@Timeout(60)
class LatencyTest {

  private static final String VERSION = "2024-10-21";
  private static final String SHORT = ",\"max_completion_tokens\":30";
  private static final String LONG = ",\"max_completion_tokens\":400,\"stream\":true";
  private static final LatencySpec WAITS =
      LatencySpec.of(Duration.ofMillis(500), Duration.ofMillis(40)).whileFrozen(WhileFrozen.WAIT);

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          deployment("waits", WAITS),
          deployment("async", WAITS).withContentFilter("asynchronous"),
          deployment("new", WAITS, "gpt-5.4"),
          deployment("skips", LatencySpec.of(Duration.ofHours(1), Duration.ofMinutes(1))));

  private static DeploymentSpec deployment(String name, LatencySpec latency) {
    return deployment(name, latency, "gpt-4o");
  }

  private static DeploymentSpec deployment(String name, LatencySpec latency, String model) {
    return DeploymentSpec.standard(name, model, Limit.UNLIMITED).withLatency(latency);
  }

  @Test
  void anAnswerTakesAsLongAsAllItsTokens() {
    CompletableFuture<RawHttp.Answer> answer = ask("waits", SHORT);
    Instant end = nextWakeUp();

    assertThat(answer).isNotDone();
    assertThat(emulator.emulator.unsettledPermits()).isEqualTo(1);
    advanceTo(end);
    RawHttp.Answer whole = answer.join();
    int tokens = number("completion_tokens", whole.body());
    assertThat(end).isEqualTo(EmulatorFixture.START.plusMillis(500 + 40L * (tokens - 1)));
    assertThat(entry().endedAt()).isEqualTo(end);
  }

  @Test
  void aStreamOfTheAsynchronousFilterComesTokenByToken() throws IOException {
    try (Caller caller = new Caller("async", LONG)) {
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(500));
      assertThat(caller.isSilent()).isTrue();

      advanceTo(EmulatorFixture.START.plusMillis(500));
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(540));
      assertThat(caller.tokens()).isEqualTo(1);

      advanceTo(EmulatorFixture.START.plusMillis(540));
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(580));
      assertThat(caller.tokens()).isEqualTo(1);
    }
    letTheRestPass();
  }

  @Test
  void aFaultMakesTheFirstTokenComeSoManyTimesAsLate() throws IOException {
    emulator.control().inject(FaultSpec.of("slow", "slow-first-token 5"));
    try (Caller caller = new Caller("async", LONG)) {
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(2_500));
      assertThat(caller.isSilent()).isTrue();

      advanceTo(EmulatorFixture.START.plusMillis(2_500));
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(2_540));
      assertThat(caller.tokens()).isEqualTo(1);
    }
    letTheRestPass();
  }

  @Test
  void aStreamThatIsFilteredFirstComesInBurstsOfTwoSeconds() throws IOException {
    try (Caller caller = new Caller("waits", LONG)) {
      advanceTo(nextWakeUp());
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(2_500));
      assertThat(caller.tokens()).isZero();

      advanceTo(EmulatorFixture.START.plusMillis(2_500));
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(4_500));
      assertThat(caller.tokens()).isEqualTo(50);
    }
    letTheRestPass();
  }

  @Test
  void whatCameLateOnceDoesNotMakeTheRestLate() throws IOException {
    try (Caller caller = new Caller("async", LONG)) {
      advanceTo(nextWakeUp());
      Instant late = nextWakeUp().plusMillis(130);
      assertThat(caller.tokens()).isEqualTo(1);

      advanceTo(late);
      assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(500 + 5 * 40));
      assertThat(caller.tokens()).isEqualTo(4);
    }
    letTheRestPass();
  }

  @Test
  void onAFrozenClockLatenciesAreSkippedUnlessTheyShallWait() {
    RawHttp.Answer answer = emulator.chat("skips", VERSION, EmulatorFixture.body(40, SHORT));

    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(entry().endedAt()).isEqualTo(EmulatorFixture.START);
  }

  @Test
  void aWaitThatIsNotToLastThroughAFreezeEndsWithIt() {
    emulator.clock.resume();
    CompletableFuture<RawHttp.Answer> answer = ask("skips", SHORT);
    Instant unused = nextWakeUp();

    emulator.clock.freeze();

    assertThat(answer.join().statusLine()).endsWith("200 OK");
    assertThat(entry().endedAt()).isBefore(EmulatorFixture.START.plusSeconds(3_600));
  }

  @Test
  void aScaledClockScalesTheWaits() {
    emulator.clock.scale(36_000);

    RawHttp.Answer answer = emulator.chat("skips", VERSION, EmulatorFixture.body(40, SHORT));

    int tokens = number("completion_tokens", answer.body());
    assertThat(Duration.between(entry().at(), entry().endedAt()))
        .isGreaterThanOrEqualTo(Duration.ofHours(1).plusMinutes(tokens - 1));
  }

  @Test
  void latencyCheckpointTellsWhenTheTokensOfAnAnswerWereThere() {
    CompletableFuture<RawHttp.Answer> answer = ask("new", SHORT);
    Instant end = nextWakeUp();
    advanceTo(end);

    String body = answer.join().body();
    int first = number("service_ttft_ms", body);
    int last = number("service_ttlt_ms", body);
    assertThat(first).isEqualTo(500);
    assertThat(EmulatorFixture.START.plusMillis(last)).isEqualTo(end);
    assertThat(number("service_tbt_ms", body)).isEqualTo(40);
    assertThat(number("engine_tbt_ms", body)).isEqualTo(40);
    assertThat(number("user_visible_ttft_ms", body))
        .isEqualTo(first - number("pre_inference_ms", body));
    assertThat(number("engine_ttlt_ms", body) - number("engine_ttft_ms", body))
        .isEqualTo(last - first);
  }

  @Test
  void latencyCheckpointOfAStreamTellsWhenItsTokensWereSent() throws IOException {
    String usage = ",\"stream_options\":{\"include_usage\":true}";
    try (Caller caller =
        new Caller("new", ",\"max_completion_tokens\":90,\"stream\":true" + usage)) {
      advanceTo(nextWakeUp());
      Instant firstBurst = nextWakeUp();
      advanceTo(firstBurst);
      emulator.clock.advance(Duration.ofMinutes(1));

      String rest = caller.rest();
      assertThat(EmulatorFixture.START.plusMillis(number("service_ttft_ms", rest)))
          .isEqualTo(firstBurst);
      assertThat(number("engine_tbt_ms", rest)).isEqualTo(40);
    }
  }

  @Test
  void processingTimesInHeadersAreThoseOfTheWait() {
    try (EmulatorFixture of2024 = EmulatorFixture.start("2024", deployment("waits", WAITS))) {
      CompletableFuture<RawHttp.Answer> answer =
          CompletableFuture.supplyAsync(
              () -> of2024.chat("waits", VERSION, EmulatorFixture.body(40, ",\"max_tokens\":1")));
      await().until(() -> of2024.clock.nextWakeUp().isPresent());
      of2024.clock.advance(Duration.ofMillis(500));

      assertThat(answer.join().header("cmp-upstream-response-duration")).isEqualTo("500");
    }
  }

  @Test
  void moreCallsUnderWayMakeEachOfThemSlower() {
    var unused = emulator.control().patch("waits", DeploymentPatch.latency(WAITS.withLoad(3, 2)));
    CompletableFuture<RawHttp.Answer> alone = ask("waits", ",\"max_completion_tokens\":1");
    assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(500));
    CompletableFuture<RawHttp.Answer> second = ask("waits", ",\"max_completion_tokens\":2");
    await().until(() -> emulator.emulator.unsettledPermits() == 2);

    emulator.clock.advance(Duration.ofMillis(500));
    assertThat(alone.join().statusLine()).endsWith("200 OK");
    assertThat(nextWakeUp()).isEqualTo(EmulatorFixture.START.plusMillis(1_500 + 120));
    advanceTo(nextWakeUp());
    assertThat(second.join().statusLine()).endsWith("200 OK");
  }

  @Test
  void aChangeCountsFromTheNextCallOn() {
    var off = emulator.control().patch("waits", DeploymentPatch.latency(LatencySpec.off()));

    assertThat(emulator.chat("waits", VERSION, EmulatorFixture.body(40, SHORT)).statusLine())
        .endsWith("200 OK");
    assertThat(off.spec().latency()).isEqualTo(LatencySpec.off());
    assertThat(entry().endedAt()).isEqualTo(EmulatorFixture.START);
  }

  @Test
  void aDeploymentThatSaysNothingTakesAsLongAsItsResource() {
    try (EmulatorFixture yaml =
        EmulatorFixture.ofYaml(
            """
            listen: 127.0.0.1:0
            latency: {time-to-first-token: 7s, while-frozen: wait}
            resources:
              local:
                keys: [emulator-key-1]
                deployments:
                  as-all: {model: gpt-4o}
                  at-once: {model: gpt-4o, latency: off}
            """)) {
      String body = EmulatorFixture.body(40, ",\"max_tokens\":1");
      assertThat(yaml.chat("at-once", VERSION, body).statusLine()).endsWith("200 OK");
      CompletableFuture<RawHttp.Answer> answer =
          CompletableFuture.supplyAsync(
              () -> yaml.chat("as-all", VERSION, body), Thread::startVirtualThread);
      await().until(() -> yaml.clock.nextWakeUp().isPresent());

      assertThat(yaml.clock.nextWakeUp()).contains(EmulatorFixture.START.plusSeconds(7));
      yaml.clock.advance(Duration.ofSeconds(7));
      assertThat(answer.join().statusLine()).endsWith("200 OK");
    }
  }

  @Test
  void aProvisionedDeploymentIsSlowerTheMoreItIsInUse() {
    var unused =
        emulator
            .control()
            .put(
                DeploymentSpec.provisioned("ptu", "gpt-4o", 1)
                    .withLatency(WAITS.withUtilization(3)));
    CompletableFuture<RawHttp.Answer> answer =
        ask("ptu", ",\"max_completion_tokens\":1,\"top_p\":0.5");
    Instant end = nextWakeUp();

    double utilization = Objects.requireNonNull(emulator.control().deployment("ptu").utilization());
    assertThat(utilization).isPositive();
    assertThat(Duration.between(EmulatorFixture.START, end).toNanos())
        .isCloseTo((long) (500e6 * (1 + 2 * utilization / 100)), within(1_000L));
    advanceTo(end);
    assertThat(answer.join().statusLine()).endsWith("200 OK");
  }

  @Test
  void aCallerWhoLeavesWhileItsWholeAnswerIsMadeIsNoticed() throws IOException {
    emulator.clock.resume();
    try (Caller caller = new Caller("skips", SHORT)) {
      assertThat(nextWakeUp()).isNotNull();
      assertThat(caller.isSilent()).isTrue();
    }

    await().until(() -> emulator.emulator.unsettledPermits() == 0);
    assertThat(entry().end()).isEqualTo(JournalEntry.CANCELLED);
    assertThat(entry().completionTokens()).isZero();
  }

  @Test
  void aRequestThatComesBeforeTheAnswerToTheOneBeforeItIsAnsweredToo() throws IOException {
    var unused =
        emulator
            .control()
            .patch(
                "skips",
                DeploymentPatch.latency(
                    LatencySpec.of(Duration.ofSeconds(600), Duration.ofSeconds(1))));
    emulator.clock.scale(600);
    try (Caller caller = new Caller("skips", ",\"max_completion_tokens\":1")) {
      assertThat(nextWakeUp()).isNotNull();
      caller.send("skips", ",\"max_completion_tokens\":2");

      await().until(() -> emulator.control().journal(JournalQuery.all()).size() == 2);
      assertThat(caller.statusLines(2)).isEqualTo(2);
    }
  }

  private CompletableFuture<RawHttp.Answer> ask(String deployment, String more) {
    return CompletableFuture.supplyAsync(
        () -> emulator.chat(deployment, VERSION, EmulatorFixture.body(40, more)),
        Thread::startVirtualThread);
  }

  /** The moment at which the call that now waits goes on. */
  private Instant nextWakeUp() {
    return await()
        .pollInterval(Duration.ofMillis(2))
        .until(emulator.clock::nextWakeUp, Optional::isPresent)
        .orElseThrow();
  }

  /** Moves the clock, and waits until whoever slept has seen it. */
  private void advanceTo(Instant moment) {
    emulator.clock.advance(Duration.between(emulator.clock.instant(), moment));
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> emulator.clock.nextWakeUp().map(next -> next.isAfter(moment)).orElse(true));
  }

  private void letTheRestPass() {
    emulator.clock.advance(Duration.ofHours(1));
  }

  private JournalEntry entry() {
    return emulator.control().journal(JournalQuery.all()).getLast();
  }

  private static int number(String member, String body) {
    Matcher found = Pattern.compile("\"" + member + "\":(\\d+)").matcher(body);
    assertThat(found.find()).as("%s in %s", member, body).isTrue();
    return Integer.parseInt(found.group(1));
  }

  /** A connection that is read as its bytes come. */
  private final class Caller implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    Caller(String deployment, String more) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port());
      socket.setSoTimeout(20_000);
      in = socket.getInputStream();
      send(deployment, more);
    }

    void send(String deployment, String more) throws IOException {
      String body = EmulatorFixture.body(40, more);
      String request =
          "POST /openai/deployments/%s/chat/completions?api-version=%s HTTP/1.1\r\nHost: localhost\r\napi-key: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(deployment, VERSION, EmulatorFixture.KEY, body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isSilent() throws IOException {
      return in.available() == 0;
    }

    /** The tokens that have come; all that was written before the emulator waits is here. */
    int tokens() throws IOException {
      byte[] come = in.readNBytes(in.available());
      return count("\"delta\":\\{\"content\":\"[^\"]", new String(come, StandardCharsets.UTF_8));
    }

    int statusLines(int expected) throws IOException {
      StringBuilder come = new StringBuilder();
      while (count("HTTP/1.1 200 OK", come.toString()) < expected) {
        come.append((char) in.read());
      }
      return count("HTTP/1.1 200 OK", come.toString());
    }

    String rest() throws IOException {
      StringBuilder come = new StringBuilder();
      while (come.indexOf("[DONE]") < 0) {
        come.append((char) in.read());
      }
      return come.toString();
    }

    private static int count(String pattern, String text) {
      return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

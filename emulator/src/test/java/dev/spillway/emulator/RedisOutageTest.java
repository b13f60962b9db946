package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.HttpEmulatorControl;
import dev.spillway.control.JournalQuery;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An emulator whose limits are in a Redis that goes away and comes back. */
class RedisOutageTest {

  private static final Duration LONGEST = Duration.ofSeconds(4);

  @AutoClose private final RedisServer redis = RedisServer.own();
  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml());

  private String yaml() {
    return """
    {listen: '127.0.0.1:0', redis: '%s', resources: {a: {keys: [%s], deployments: {
      mini: {model: gpt-4.1-mini, rpm: unlimited}, ptu: {model: gpt-4o, sku: ProvisionedManaged}}}}}
    """
        .formatted(redis.address(), EmulatorFixture.KEY);
  }

  private RawHttp.Answer chat(String deployment) {
    return emulator.chat(deployment, "2024-10-21", EmulatorFixture.body(4, ",\"max_tokens\":1"));
  }

  private void assertUnavailable(RawHttp.Answer answer) {
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"503\",\"message\": \"The limits are kept in Redis at "
                + redis.address()
                + ", which does not answer.\"}}");
  }

  private void awaitServed(String deployment) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> chat(deployment).statusLine().endsWith("200 OK"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mini", "ptu"})
  void whileItIsGoneCallsGetOneSentenceAtOnceAndAreServedAgainWhenItIsBack(String deployment) {
    assertThat(chat(deployment).statusLine()).endsWith("200 OK");

    redis.kill();
    await().atMost(LONGEST).untilAsserted(() -> assertUnavailable(chat(deployment)));
    assertThat(emulator.control().journal(JournalQuery.all()).getLast().reason())
        .isEqualTo("limits unavailable");

    redis.startAgain();
    awaitServed(deployment);
  }

  @Test
  void oneThatHangsKeepsNobodyWaiting() throws Exception {
    assertThat(chat("mini").statusLine()).endsWith("200 OK");
    redis.hang();
    try {
      List<Thread> callers =
          IntStream.range(0, 20)
              .mapToObj(i -> Thread.ofVirtual().start(() -> assertUnavailable(chat("mini"))))
              .toList();
      for (Thread caller : callers) {
        assertThat(caller.join(LONGEST)).as("answered in time").isTrue();
      }
      assertUnavailable(chat("mini"));
    } finally {
      redis.goOn();
    }
    awaitServed("mini");
  }

  @Test
  void theControlApiSaysSoToo() {
    try (HttpEmulatorControl http = new HttpEmulatorControl(emulator.emulator.uri())) {
      redis.kill();
      await()
          .untilAsserted(() ->
              assertThatExceptionOfType(ControlException.class)
                  .isThrownBy(http::deployments)
                  .withMessageContaining("which does not answer")
                  .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.UNAVAILABLE)));
      assertThat(http.health().status()).isEqualTo("ok");
    }
  }

  @Test
  void theClockIsNobodysAlone() {
    String message =
        "the clock cannot be changed while the limits are shared in Redis, because the other"
            + " emulators' clocks would not follow";
    var control = emulator.control();

    for (Runnable change :
        List.<Runnable>of(
            control::freeze,
            control::resume,
            () -> control.scale(60),
            () -> control.advance(Duration.ofSeconds(1)),
            () -> control.setClock(EmulatorFixture.START.plusSeconds(1)))) {
      assertThatExceptionOfType(ControlException.class)
          .isThrownBy(change::run)
          .withMessage(message);
    }
    assertThat(control.clock().now()).isEqualTo(EmulatorFixture.START);
  }
}

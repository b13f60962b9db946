package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.HttpEmulatorControl;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the control API's HTTP has: who may use it, and bodies that are wrong. */
class ControlApiTest {

  private static final String KEYED = "{listen: '127.0.0.1:0', admin-key: secret}";
  private static final String REACHABLE = "{listen: '0.0.0.0:0'}";

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  private Answer call(String methodAndPath, String body) {
    return emulator.send(methodAndPath + " HTTP/1.1", body);
  }

  private static String error(int status, String message) {
    return "{\"error\":{\"code\":\"" + status + "\",\"message\":\"" + message + "\"}}\n";
  }

  @Test
  void onLoopbackItIsOpen() {
    assertThat(call("GET /emulator/clock", "").statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-other: secret", "x-admin-key: ", "x-admin-key: Secret"})
  void anAdminKeyThatIsSetIsAskedFor(String header) {
    try (EmulatorFixture keyed = EmulatorFixture.ofYaml(KEYED)) {
      Answer answer = keyed.send("GET /emulator/deployments HTTP/1.1\n" + header, "");

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(answer.body())
          .isEqualTo(error(401, "the control API needs the admin key in the header x-admin-key"));
    }
  }

  @Test
  void whoeverBringsTheAdminKeyIsServed() {
    try (EmulatorFixture keyed = EmulatorFixture.ofYaml(KEYED);
        HttpEmulatorControl with = new HttpEmulatorControl(keyed.emulator.uri(), "secret");
        HttpEmulatorControl without = new HttpEmulatorControl(keyed.emulator.uri())) {
      assertThat(with.deployments()).hasSize(2);
      assertThatExceptionOfType(ControlException.class)
          .isThrownBy(without::deployments)
          .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNAUTHORIZED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REACHABLE,
        "{listen: '127.0.0.1:0', resources: {local: {listen: '0.0.0.0:0', deployments:"
            + " {micro: {model: gpt-4o}, mini: {model: gpt-4o}}}}}",
      })
  void whereOthersCanReachItItIsClosedUnlessThereIsAnAdminKey(String yaml) {
    try (EmulatorFixture reachable = EmulatorFixture.ofYaml(yaml)) {
      Answer answer = reachable.send("DELETE /emulator/deployments/micro HTTP/1.1", "");

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(answer.body())
          .isEqualTo(
              error(
                  401,
                  "the control API is closed, because the emulator listens on more than loopback"
                      + " and has no admin-key"));
      assertThat(reachable.control().deployments()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/emulator/health", "/metrics"})
  void healthAndMetricsAreOpenEvenThen(String path) {
    try (EmulatorFixture reachable = EmulatorFixture.ofYaml(REACHABLE)) {
      assertThat(reachable.send("GET " + path + " HTTP/1.1", "").statusLine())
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /emulator",
    "GET, /emulator/nothing",
    "POST, /emulator/deployments",
    "PUT, /emulator/clock/freeze",
  })
  void aRouteThatDoesNotExistIsNamed(String method, String path) {
    Answer answer = call(method + " " + path, "");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body())
        .isEqualTo(error(404, "the control API has no " + method + " " + path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "PUT /emulator/deployments/x; {; the body cannot be used: ",
        "PUT /emulator/deployments/x; ; the body cannot be used: ",
        "PUT /emulator/deployments/x; null; the body cannot be used: it is not a JSON object",
        "PATCH /emulator/deployments/micro; null; the body cannot be used: it is not a JSON",
        "PUT /emulator/deployments/x; []; the body cannot be used: ",
        "PUT /emulator/deployments/x; {}; 'model' is missing",
        "PUT /emulator/deployments/x; {\"model\":\"\"}; the deployment 'x' names no model",
        "PUT /emulator/deployments/x; {\"model\":\"m\",\"sku\":\"PTU\"}; the sku of 'x' must be",
        "PUT /emulator/deployments/x; {\"model\":\"m\",\"name\":\"y\"};"
            + " the body names the deployment 'y', the path 'x'",
        "PUT /emulator/deployments/-x; {\"model\":\"m\"}; a deployment's name is 1 to 64 letters",
        "PATCH /emulator/deployments/micro; {\"capacity\":-1}; the body cannot be used: ",
        "PATCH /emulator/deployments/micro; {\"capacity\":1.5}; the body cannot be used: ",
        "PATCH /emulator/deployments/micro; {\"capacity\":\"lots\"}; the body cannot be used: ",
        "PATCH /emulator/deployments/micro; {\"capacity\":{}}; the body cannot be used: ",
        "POST /emulator/clock/advance; {}; 'by' must be a duration such as 250ms, 10s or 2m",
        "POST /emulator/clock/advance; {\"by\":\"-1s\"}; 'by' must be a duration",
        "POST /emulator/clock/advance; {\"by\":\"999999999999h\"}; the clock moves by at most",
        "POST /emulator/deployments/micro/reduction; {}; 'percent' must be a whole number",
        "POST /emulator/deployments/micro/reduction; {\"percent\":50.5,\"for\":\"1h\"};"
            + " 'percent' must be a whole number from 1 to 99, not 50.5",
        "POST /emulator/deployments/micro/reduction; {\"percent\":100,\"for\":\"1h\"};"
            + " 'percent' is a whole number from 1 to 99, and not 100",
        "POST /emulator/deployments/micro/reduction; {\"percent\":50}; 'for' must be a duration",
        "POST /emulator/deployments/micro/reduction; {\"percent\":50,\"for\":30};"
            + " 'for' must be a duration such as 90s, 30m or 2h, not '30'",
        "POST /emulator/deployments/micro/reduction; {\"percent\":50,\"until\":\"1h\"};"
            + " the body cannot be used: unknown key 'until'; expected one of for, percent",
        "GET /emulator/journal?status=ok; ; 'status' must be a whole number, not 'ok'",
        "GET /emulator/verdict?max-attempts=few; ; 'max-attempts' must be a whole number, not",
        "GET /emulator/verdict?max-attempts=0; ; the number of attempts allowed must be at least 1",
        "GET /emulator/verdict?allow-early=soon; ; 'allow-early' must be a duration such as 250ms",
        "GET /emulator/verdict?forbid=storms; ; 'forbid' must be one of came-early, no-backoff,",
        "GET /emulator/verdict?attempts=3; ; a verdict knows no parameter 'attempts'",
        "GET /emulator/verdict?until=1; ; 'until' must be a moment such as 2026-01-31T12:00:00Z,",
        "GET /emulator/journal?since=noon; ; 'since' must be a moment such as"
            + " 2026-01-31T12:00:00Z, not 'noon'",
      })
  void whatCannotBeUsedIsRefusedInOneLine(String call, String body, String message) {
    Answer answer = call(call, body == null ? "" : body);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .startsWith("{\"error\":{\"code\":\"400\",\"message\":\"" + message.replace("\"", "\\\""))
        .endsWith("\"}}\n")
        .hasLineCount(1);
    assertThat(emulator.control().deployments()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /emulator/deployments/micro", "PATCH /emulator/deployments/micro"})
  void aMemberThatDoesNotExistIsNamed(String call) {
    Answer answer = call(call, "{\"capacty\":1}");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body()).contains("capacty");
  }

  @Test
  void aDeploymentCanBeWrittenTheWayPeopleDo() {
    Answer answer =
        call("PUT /emulator/deployments/x", "{\"model\":\"gpt-4o\",\"tpm\":\"40k\",\"rpm\":7}");

    assertThat(answer.body())
        .isEqualTo(call("GET /emulator/deployments/x", "").body())
        .contains("\"tpm\" : 40000")
        .contains("\"rpm\" : 7")
        .contains("\"capacity\" : 1");
  }

  @Test
  void theClockCanBeMovedByTheQueryToo() {
    assertThat(call("POST /emulator/clock/advance?by=1.5s", "").body())
        .contains("\"now\" : \"2026-01-02T03:04:06.500Z\"");
  }

  @Test
  void metricsCountCallsByDeploymentAndStatusAndTokensByKind() {
    String body = EmulatorFixture.body(34, ",\"max_tokens\":1");
    assertThat(emulator.chat("micro", "2024-10-21", body).statusLine()).endsWith("OK");
    assertThat(emulator.chat("made-up", "2024-10-21", body).statusLine()).endsWith("Not Found");

    assertThat(call("GET /metrics", "").body())
        .contains(
            "spillway_emulator_requests_total{deployment=\"micro\",operation=\"chat/completions\",resource=\"local\",status=\"200\"} 1.0")
        .contains(
            "spillway_emulator_requests_total{deployment=\"none\",operation=\"chat/completions\",resource=\"local\",status=\"404\"} 1.0")
        .contains(
            "spillway_emulator_tokens_total{deployment=\"micro\",kind=\"charged\",resource=\"local\"} 10.0")
        .contains(
            "spillway_emulator_tokens_total{deployment=\"micro\",kind=\"completion\",resource=\"local\"} 1.0")
        .doesNotContain("made-up");
  }

  @Test
  void headersAndMetricsShowTheReducedLimit() {
    assertThat(
            call("POST /emulator/deployments/mini/reduction", "{\"percent\":50,\"for\":\"30m\"}")
                .body())
        .contains("\"percent\" : 50")
        .contains("\"endsInMillis\" : 1800000");

    Answer answer = emulator.chat("mini", "2024-10-21", EmulatorFixture.body(4, ""));

    assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("60000");
    assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("60");
    assertThat(call("GET /metrics", "").body())
        .contains(
            "spillway_emulator_limit{deployment=\"mini\",limit=\"tokens\",resource=\"local\"} 60000.0");
    assertThat(call("DELETE /emulator/deployments/mini/reduction", "").body())
        .contains("\"limit\" : 120000")
        .doesNotContain("reduction");
  }

  @Test
  void metricsShowWhatIsLeftOfEachLimitAndHowLongAnswersTook() {
    String body = EmulatorFixture.body(34, ",\"max_tokens\":1");
    assertThat(emulator.chat("micro", "2024-10-21", body).statusLine()).endsWith("OK");

    assertThat(call("GET /metrics", "").body())
        .contains(
            "spillway_emulator_limit{deployment=\"micro\",limit=\"tokens\",resource=\"local\"} 1000.0")
        .contains(
            "spillway_emulator_remaining{deployment=\"micro\",limit=\"tokens\",resource=\"local\"} 990.0")
        .contains(
            "spillway_emulator_remaining{deployment=\"micro\",limit=\"requests\",resource=\"local\"} 0.0")
        .contains(
            "spillway_emulator_answer_seconds_count{deployment=\"micro\",kind=\"whole\",resource=\"local\"} 1");
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class WireGoldenTest {

  private final String wire;
  private final Goldens goldens;
  private final String version;
  @AutoClose private final EmulatorFixture emulator;

  WireGoldenTest(String wire) {
    this.wire = wire;
    this.goldens = new Goldens(wire);
    this.version = goldens.version();
    this.emulator = EmulatorFixture.start(wire);
  }

  private String deployment() {
    return goldens.deployment();
  }

  private void assertGolden(String name, RawHttp.Answer answer) {
    goldens.check(name, answer);
  }

  @Test
  void aWholeAnswer() {
    assertGolden(
        "200", emulator.chat(deployment(), version, EmulatorFixture.body(34, ",\"max_tokens\":6")));
  }

  @Test
  void aStream() {
    String more = ",\"max_tokens\":4,\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    assertGolden(
        "200-stream", emulator.chat(deployment(), version, EmulatorFixture.body(34, more)));
  }

  @Test
  void aStreamWithoutUsage() {
    String more = ",\"max_tokens\":4,\"stream\":true";

    assertGolden(
        "200-stream-without-usage",
        emulator.chat(deployment(), version, EmulatorFixture.body(34, more)));
  }

  @Test
  void tooManyTokens() {
    String body = EmulatorFixture.body(2_000, ",\"max_tokens\":100");
    assertThat(emulator.chat("micro", version, body).statusLine()).contains("200");
    emulator.clock.advance(Duration.ofSeconds(10));

    assertGolden(
        "429-tokens",
        emulator.chat("micro", version, EmulatorFixture.body(3_600, ",\"max_tokens\":100")));
  }

  @Test
  void tooManyRequests() {
    String body = EmulatorFixture.body(34, "");
    assertThat(emulator.chat("micro", version, body).statusLine()).contains("200");
    emulator.clock.advance(Duration.ofMillis(6_500));

    assertGolden("429-requests", emulator.chat("micro", version, body));
  }

  @Test
  void moreTokensThanTheWholeLimit() {
    assertGolden("429-too-large", emulator.chat("micro", version, EmulatorFixture.body(4_000, "")));
  }

  @Test
  void aProvisionedDeploymentInUseBeyondOneHundredPercent() {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4o", 1));
    String body = EmulatorFixture.words(2_589, ",\"max_tokens\":1");
    assertThat(emulator.chat("ptu", version, body).statusLine()).contains("200");

    assertGolden("429-provisioned", emulator.chat("ptu", version, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-key: wrong", "api-key: ", "x-other: x", "Authorization: Basic x"})
  void noKeyThatItKnows(String header) {
    assertGolden(
        "401",
        emulator.send(
            "POST /openai/deployments/35turbo/chat/completions?api-version="
                + version
                + " HTTP/1.1\n"
                + header,
            EmulatorFixture.body(34, "")));
  }

  @Test
  void noSuchDeployment() {
    assertGolden("404-deployment", emulator.chat("nobody", version, EmulatorFixture.body(34, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/deployments/35turbo/chat/completions",
    "/openai/deployments/35turbo/chat/completions?api-version=",
    "/openai/deployments/35turbo/chat/completions?api-version=latest",
    "/openai/deployments/35turbo/chat/completions?api-version=2024-13-01",
    "/openai/deployments/35turbo/chat/completions?api-version=v1",
    "/openai/deployments/35turbo/chat/nothing?api-version=2024-02-01",
    "/openai/deployments?api-version=2024-02-01",
    "/chat/completions?api-version=2024-02-01",
    "/",
  })
  void noSuchResource(String path) {
    assertGolden("404", emulator.post(path, EmulatorFixture.body(34, "")));
  }

  @Test
  void brokenJson() {
    assertGolden("400-json", emulator.chat(deployment(), version, "{\"messages\":["));
  }

  @Test
  void noMessages() {
    assertGolden("400-messages", emulator.chat(deployment(), version, "{\"stream\":true}"));
  }

  @Test
  void aBodyThatIsTooLarge() {
    try (EmulatorFixture small =
        EmulatorFixture.ofYaml(
            "{listen: '127.0.0.1:0', wire: " + wire + ", max-request-bytes: 100}")) {
      RawHttp.Answer answer =
          small.send(
              "POST /openai/deployments/micro/chat/completions?api-version="
                  + version
                  + " HTTP/1.1\napi-key: emulator-key",
              EmulatorFixture.body(100, ""));

      assertGolden("413", answer);
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void errorsOfTheFrontDoorAreAsLongAsTheCapturedOnes() {
    String body = EmulatorFixture.body(34, "");

    assertThat(emulator.send("GET / HTTP/1.1", "").header("Content-Length")).isEqualTo("224");
    assertThat(emulator.post("/", body).header("Content-Length")).isEqualTo("56");
    if (!wire.equals("2026")) {
      assertThat(emulator.chat("nobody", version, body).header("Content-Length")).isEqualTo("198");
    }
  }
}

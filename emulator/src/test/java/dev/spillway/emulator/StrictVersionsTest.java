package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An emulator that knows which api-versions there were. */
class StrictVersionsTest {

  private static final String PREDICTION =
      ",\"prediction\":{\"type\":\"content\",\"content\":\"x\"}";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml("{listen: '127.0.0.1:0', wire: 2025, api-versions: strict}");

  private Answer chat(String version, String more) {
    return emulator.send(
        "POST /openai/deployments/micro/chat/completions?api-version="
            + version
            + " HTTP/1.1\napi-key: emulator-key",
        EmulatorFixture.body(4, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-10-22", "2031-01-01", "2022-12-01", "2025-05-01-preview"})
  void aVersionThatNeverWasOrHasNoChatIsNotFound(String version) {
    Answer answer = chat(version, "");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body())
        .isEqualTo("{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-03-15-preview", "2023-05-15", "2024-10-21", "2025-04-01-preview"})
  void aVersionThatWasIsServed(String version) {
    assertThat(chat(version, "").statusLine()).endsWith("200 OK");
  }

  @Test
  void aFeatureBeforeItsTimeIsRefusedByTheGatewayAndCostsNothing() {
    Answer answer = chat("2024-10-21", PREDICTION);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"BadRequest\",\"message\": \"Prediction is enabled only for"
                + " api versions 2025-01-01-preview and later\"}}");
    assertThat(emulator.control().deployment("micro").requests().fullInMillis()).isZero();
    assertThat(chat("2025-01-01-preview", PREDICTION).statusLine()).endsWith("200 OK");
  }

  @Test
  void aMemberBeforeItsTimeIsUnknownToTheEngine() {
    assertThat(chat("2024-08-01-preview", ",\"max_completion_tokens\":9").body())
        .isEqualTo(
            """
            {
              "error": {
                "message": "Unrecognized request argument supplied: max_completion_tokens",
                "type": "invalid_request_error",
                "param": null,
                "code": null
              }
            }
            """);
  }

  @ParameterizedTest
  @CsvSource({"2022-12-01", "2024-10-22", "2031-01-01-preview"})
  void byDefaultAnyDateIsServedWithEverything(String version) {
    try (EmulatorFixture lax = EmulatorFixture.start("2025")) {
      assertThat(lax.chat("mini", version, EmulatorFixture.body(4, PREDICTION)).statusLine())
          .endsWith("200 OK");
    }
  }
}

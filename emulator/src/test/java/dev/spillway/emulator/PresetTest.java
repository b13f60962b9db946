package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.FaultPreset;
import dev.spillway.control.FaultSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The collection of real 429s, byte for byte. */
class PresetTest {

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2025");

  private String answer(FaultPreset preset) {
    emulator.control().inject(FaultSpec.of("preset", preset.name()).first(1));
    RawHttp.Answer answer =
        emulator.chat("mini", "2024-10-21", EmulatorFixture.body(34, ",\"max_tokens\":4"));
    return "### " + preset.name() + "\n" + answer.masked();
  }

  @Test
  void everyPresetIsWhatItSays() throws IOException {
    String all =
        emulator.control().presets().stream()
            .map(this::answer)
            .collect(Collectors.joining("\n\n", "", "\n"));

    try (InputStream golden =
        Objects.requireNonNull(PresetTest.class.getResourceAsStream("fault/presets.http"))) {
      assertThat(all).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void onV1AndOfAnotherKindOfAccountItNamesThem() {
    try (EmulatorFixture other =
        EmulatorFixture.ofYaml(
            """
            listen: 127.0.0.1:0
            resources:
              ai:
                kind: AIServices
                region: swedencentral
                keys: [emulator-key-1]
                deployments: {nano: {model: gpt-4.1-nano, capacity: 10}}
            faults: [new-text]
            """)) {
      assertThat(
              other
                  .post(
                      "/openai/v1/chat/completions", EmulatorFixture.body(1, ",\"model\":\"nano\""))
                  .body())
          .isEqualTo(
              "{\"error\":{\"code\":\"RateLimitReached\",\"message\": \"Your requests to nano for"
                  + " gpt-4.1-nano in Sweden Central have exceeded the token rate limit for your"
                  + " current AIServices S0 pricing tier. This request was for"
                  + " ChatCompletions_Create under OpenAI Language Model Instance API. Please retry"
                  + " after 45 seconds.\"}}");
    }
  }
}

package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole legacy completions, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class CompletionsGoldenTest {

  private final Goldens goldens;
  @AutoClose private final EmulatorFixture emulator;

  CompletionsGoldenTest(String wire) {
    this.goldens = new Goldens(wire);
    this.emulator =
        EmulatorFixture.start(
            wire, DeploymentSpec.standard("instruct", "gpt-35-turbo-instruct", Limit.of(40)));
  }

  private RawHttp.Answer complete(String version, String more) {
    return emulator.post(
        "/openai/deployments/instruct/completions?api-version=" + version,
        "{\"prompt\":\"Once upon a time\",\"max_tokens\":3" + more + "}");
  }

  @Test
  void aWholeAnswer() {
    goldens.check("200-completion", complete(goldens.version(), ""));
  }

  @Test
  void aWholeAnswerOfAVersionWithoutAnnotations() {
    goldens.check("200-completion-plain", complete("2022-12-01", ",\"n\":2,\"echo\":true"));
  }

  @Test
  void aStream() {
    goldens.check(
        "200-completion-stream",
        complete(
            goldens.version(),
            ",\"stream\":true,\"logprobs\":1,\"stream_options\":{\"include_usage\":true}"));
  }
}

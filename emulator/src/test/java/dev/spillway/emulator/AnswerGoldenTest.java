package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers that are no mere text, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2024", "2026"})
class AnswerGoldenTest {

  private final Goldens goldens;
  @AutoClose private final EmulatorFixture emulator;

  AnswerGoldenTest(String wire) {
    this.goldens = new Goldens(wire);
    this.emulator =
        EmulatorFixture.start(wire, DeploymentSpec.standard("nano", "gpt-5-nano", Limit.of(1_000)));
  }

  private void assertGolden(String name, String deployment, String more) {
    goldens.check(
        name,
        emulator.chat(
            deployment,
            goldens.version(),
            EmulatorFixture.asking("When does my delivery come?", more)));
  }

  @Test
  void probabilities() {
    assertGolden(
        "200-logprobs",
        goldens.deployment(),
        ",\"max_tokens\":4,\"logprobs\":true,\"top_logprobs\":2");
  }

  @Test
  void probabilitiesInAStream() {
    assertGolden(
        "200-stream-logprobs",
        goldens.deployment(),
        ",\"max_tokens\":3,\"logprobs\":true,\"top_logprobs\":1,\"stream\":true");
  }

  @Test
  void jsonBySchema() {
    assertGolden(
        "200-json",
        goldens.deployment(),
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"delivery\","
            + "\"strict\":true,\"schema\":{\"type\":\"object\",\"additionalProperties\":false,"
            + "\"required\":[\"city\",\"urgent\"],\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"urgent\":{\"type\":\"boolean\"}}}}}");
  }

  @Test
  void reasoningThatTakesAllThereIs() {
    assertGolden(
        "200-reasoning", "nano", ",\"reasoning_effort\":\"high\",\"max_completion_tokens\":200");
  }
}

package dev.spillway.emulator.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.control.LatencySpec;
import dev.spillway.control.LatencySpec.Jitter;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyPresetsTest {

  private final LatencyPresets presets = LatencyPresets.bundled();

  @ParameterizedTest
  @CsvSource({"gpt-4o-mini, 11", "gpt-4.1-mini, 10", "gpt-5.4-pro, 11", "gpt-5.1, 12", "llama, 12"})
  void theModelsOwnPresetHasTheLongestNameThatItBeginsWith(String model, long perToken) {
    assertThat(presets.model(LatencySpec.preset("model"), model).perToken())
        .isEqualTo(Duration.ofMillis(perToken).toNanos());
  }

  @Test
  void everyModelOfTheCatalogueThatWritesHasTimesOfItsOwn() {
    for (ModelProfile model : ModelCatalog.bundled().all()) {
      if (model.modelClass() == ModelClass.CHAT || model.modelClass() == ModelClass.REASONING) {
        assertThat(presets.named().keySet()).anyMatch(model.name()::startsWith);
      }
    }
  }

  @Test
  void whatIsSaidBesideAPresetWins() {
    LatencyModel model =
        presets.model(read("latency: {preset: gpt-4o, time-per-token: 80ms}"), "x");

    assertThat(model.perToken()).isEqualTo(80_000_000);
    assertThat(model.first()).isEqualTo(450_000_000);
    assertThat(model.spread()).isEqualTo(new Spread(Jitter.LOG_NORMAL, 0.3));
  }

  @Test
  void aJitterAloneSpreadsByTwentyPercent() {
    LatencyModel model =
        presets.model(read("latency: {time-per-token: 80ms, jitter: uniform}"), "x");

    assertThat(model.spread()).isEqualTo(new Spread(Jitter.UNIFORM, 0.2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fast                                     | 'latency' names the latency preset 'fast', which does not exist; there is dall-e,
          gpt4o                                    | 'latency' names the latency preset 'gpt4o', which does not exist; did you mean 'gpt-4o'?
          {preset: gpt-40}                         | 'latency.preset' names the latency preset 'gpt-40', which does not exist; did you mean 'gpt-4'?
          {}                                       | 'latency' cannot be used: a latency has a 'preset', a 'time-to-first-token'
          {time-per-token: 20}                     | 'latency.time-per-token' must be a duration such as 250ms, 10s or 2m, not '20'
          {time-per-tokens: 20ms}                  | unknown key 'latency.time-per-tokens'; did you mean 'time-per-token'?
          {time-per-token: 20ms, spread: 10}       | 'latency' cannot be used: 'spread' needs a 'jitter': uniform or log-normal
          {time-per-token: 20ms, load-calls: 10}   | 'latency' cannot be used: 'load-calls' needs a 'load-factor'
          {preset: gpt-4o, jitter: normal}         | 'latency.jitter' must be one of constant, uniform, log-normal, not 'normal'
          {preset: gpt-4o, spread: 101}            | 'latency' cannot be used: 'spread' is a whole number from 0 to 100, not 101
          {preset: gpt-4o, delivery: slow}         | 'latency.delivery' must be one of tokens, bursts, not 'slow'
          {preset: gpt-4o, while-frozen: never}    | 'latency.while-frozen' must be one of skip, wait, not 'never'
          """)
  void aLatencyThatCannotBeUsedIsRefusedWithFileAndLine(String value, String why) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> read("# first line\nlatency: " + value))
        .withMessageStartingWith("emulator.yaml:2: " + why);
  }

  private LatencySpec read(String yaml) {
    return LatencyYaml.read(
        LocatedYaml.parse("emulator.yaml", yaml, name -> null).get("latency"), presets);
  }
}

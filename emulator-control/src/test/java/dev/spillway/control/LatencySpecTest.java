package dev.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.LatencySpec.Delivery;
import dev.spillway.control.LatencySpec.Jitter;
import dev.spillway.control.LatencySpec.WhileFrozen;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class LatencySpecTest {

  private static final LatencySpec ALL =
      new LatencySpec(
          "gpt-4o",
          Duration.ofMillis(400),
          Duration.ofNanos(50_000),
          Duration.ofSeconds(1),
          Jitter.LOG_NORMAL,
          30,
          2.5,
          50,
          1.5,
          Delivery.BURSTS,
          Duration.ofSeconds(2),
          WhileFrozen.WAIT);

  @Test
  void isWrittenInJsonAsInTheFileAndReadAgain() {
    String json = ControlJson.mapper().writeValueAsString(ALL);

    assertThat(json)
        .isEqualTo(
            """
            {"preset":"gpt-4o","time-to-first-token":"400ms","time-per-prompt-token":"0.05ms",\
            "time-per-token":"1000ms","jitter":"log-normal","spread":30,"load-factor":2.5,\
            "load-calls":50,"utilization-factor":1.5,"delivery":"bursts",\
            "burst-interval":"2000ms","while-frozen":"wait"}\
            """);
    assertThat(read(json)).isEqualTo(ALL);
  }

  @Test
  void theNameOfAPresetIsEnough() {
    assertThat(read("\"gpt-4o\"")).isEqualTo(LatencySpec.preset("gpt-4o"));
    assertThat(read("\"off\"")).isEqualTo(LatencySpec.off()).matches(LatencySpec::isOff);
  }

  @Test
  void whatItLeavesOpenIsAsInTheOther() {
    LatencySpec slower =
        new LatencySpec(
            "gpt-4o",
            null,
            null,
            Duration.ofMillis(80),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    LatencySpec both = slower.over(ALL);

    assertThat(both.timePerToken()).isEqualTo(Duration.ofMillis(80));
    assertThat(both.timeToFirstToken()).isEqualTo(Duration.ofMillis(400));
    assertThat(both.whileFrozen()).isEqualTo(WhileFrozen.WAIT);
  }

  @Test
  void oneThingIsChangedAndTheOthersStay() {
    LatencySpec changed =
        ALL.withJitter(Jitter.UNIFORM, 5)
            .withLoad(3, 9)
            .withUtilization(4)
            .withDelivery(Delivery.TOKENS)
            .whileFrozen(WhileFrozen.SKIP)
            .withTimePerPromptToken(Duration.ofMillis(1));

    assertThat(changed)
        .isEqualTo(
            new LatencySpec(
                "gpt-4o",
                Duration.ofMillis(400),
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                Jitter.UNIFORM,
                5,
                3.0,
                9,
                4.0,
                Delivery.TOKENS,
                Duration.ofSeconds(2),
                WhileFrozen.SKIP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"time-per-token": "20"}                  | a time is written like 20ms, 0.05ms, 1.5s or 2m, not '20'
          {"time-per-token": "2h"}                  | 'time-per-token' is a time from 0ms to 1h, not PT2H
          {"preset": "gpt-4o", "spread": 101}       | 'spread' is a whole number from 0 to 100, not 101
          {"preset": "gpt-4o", "load-calls": 1}     | 'load-calls' is a whole number from 2 to 1000000, not 1
          {"preset": "gpt-4o", "load-factor": 0.5}  | 'load-factor' is a number from 1 to 1000, not 0.5
          {"preset": "gpt-4o", "utilization-factor": "NaN"}   | 'utilization-factor' is a number from 1 to 1000, not NaN
          {"preset": "gpt-4o", "burst-interval": "0ms"} | 'burst-interval' is more than no time
          {"preset": "off", "time-per-token": "1ms"} | a latency that is off has no times
          {"delivery": "tokens"}                    | a latency has a 'preset', a 'time-to-first-token'
          {"jitter": "gaussian", "preset": "gpt-4o"} | gaussian
          {"preset": "gpt-4o", "tbt": "1ms"}        | tbt
          """)
  void refusesWhatCannotBe(String json, String why) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(why);
  }

  @Test
  void aPatchWithAnEmptyNameBringsBackTheResourcesLatency() {
    DeploymentSpec micro = DeploymentSpec.standard("micro", "gpt-4o", Limit.of(1)).withLatency(ALL);

    assertThat(micro.patched(DeploymentPatch.capacity(2)).latency()).isEqualTo(ALL);
    assertThat(micro.patched(DeploymentPatch.latency(LatencySpec.off())).latency())
        .isEqualTo(LatencySpec.off());
    assertThat(micro.patched(DeploymentPatch.latency(LatencySpec.preset(""))).latency()).isNull();
  }

  @Test
  void neverGoesBackInTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencySpec.of(Duration.ofMillis(-1), Duration.ZERO))
        .withMessage("'time-to-first-token' is a time from 0ms to 1h, not PT-0.001S");
  }

  private static LatencySpec read(String json) {
    return ControlJson.mapper().readValue(json, LatencySpec.class);
  }
}

package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSpec;
import dev.spillway.yaml.YamlException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults and timelines of an {@code emulator.yaml}. */
class FaultYamlTest {

  private static List<FaultSpec> parse(String yaml) {
    return EmulatorConfig.parse("emulator.yaml", yaml, name -> null).faults();
  }

  @Test
  void everyKeyOfAFault() {
    String yaml =
        """
        faults:
          - reset at chunk 3
          - name: all
            match:
              resource: local
              region: eastus
              deployment: micro
              operation: chat/completions
              stream: true
              caller: key1
              headers: {x-test: ""}
              body: story
              body-regex: s.ory
            at: headers
            what: {status: 418, body: tea, headers: {x-tea: green}}
            when: {first: 2, every: 3, probability: 0.5, from: 10s, to: 40s}
        """;

    assertThat(parse(yaml))
        .containsExactly(
            FaultSpec.parse("reset at chunk 3"),
            FaultSpec.of("all", new FaultAction.Status(418, "tea", Map.of("x-tea", "green")))
                .at("headers")
                .matching(
                    FaultMatch.ANY
                        .withResource("local")
                        .withRegion("eastus")
                        .withDeployment("micro")
                        .withOperation("chat/completions")
                        .withStream(true)
                        .withCaller("key1")
                        .withHeaders(Map.of("x-test", ""))
                        .withBody("story")
                        .withBodyRegex("s.ory"))
                .first(2)
                .every(3)
                .withProbability(0.5)
                .between(Duration.ofSeconds(10), Duration.ofSeconds(40)));
  }

  @Test
  void everyKeyOfATimeline() {
    String yaml =
        """
        timelines:
          - {name: t, from: 10s, to: 40s, resource: local, region: eastus, deployment: micro,
             what: [reset at body, {status: 500}]}
        """;

    assertThat(parse(yaml))
        .extracting(FaultSpec::name, fault -> fault.what().text(), fault -> fault.at().text())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("t 1", "reset", "body"),
            org.assertj.core.api.Assertions.tuple("t 2", "status 500", "before"));
    assertThat(parse(yaml).getFirst().match())
        .isEqualTo(
            FaultMatch.ANY.withResource("local").withRegion("eastus").withDeployment("micro"));
  }

  @Test
  void aTimelineWithoutANameIsCalledByItsLine() {
    assertThat(parse("timelines:\n  - {what: [reset]}"))
        .extracting(FaultSpec::name)
        .containsExactly("line 2 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "faults: reset| 1: 'faults' must be a list, not 'reset'",
        "faults: [fry 2s]| 1: 'faults[0]' cannot be used: there is no fault 'fry'; there is",
        "faults: [{what: delay}]| 1: 'faults[0].what' cannot be used: 'delay' needs more, as in",
        "faults: [{}]| 1: 'faults[0].what' is missing",
        "faults: [{what: reset, att: end}]| 1: unknown key 'faults[0].att'; did you mean 'at'?",
        "faults: [{what: reset, at: noon}]| 1: 'faults[0].at' cannot be used: 'at' is one of",
        "faults: [{what: delay 1s, at: end}]|"
            + " 1: 'faults[0]' cannot be used: 'delay' strikes at before, headers, and not at end",
        "faults: [{what: reset, match: {steam: true}}]|"
            + " 1: unknown key 'faults[0].match.steam'; did you mean 'stream'?",
        "faults: [{what: reset, match: {body-regex: '('}}]|"
            + " 1: 'faults[0].match.body-regex' must be a regular expression, not '('",
        "faults: [{what: reset, when: {first: 0}}]|"
            + " 1: 'faults[0].when' cannot be used: 'first' is a number of calls from 1 up, not 0",
        "faults: [{what: reset, when: {from: soon}}]|"
            + " 1: 'faults[0].when.from' must be a duration such as 250ms, 10s or 2m, not 'soon'",
        "faults: [resett]| 1: 'faults[0]' cannot be used: there is no fault and no preset 'resett'",
        "faults: [reset, reset]|"
            + " 1: 'faults[1]' cannot be used: two faults are called 'reset at before'",
        "faults: [{what: refused, match: {resource: local}}]|"
            + " 1: 'faults[0]' cannot be used: 'refused' is of a resource with a port of its own,"
            + " which 'local' is not",
        "faults: [{what: reset, match: {resource: lokal}}]|"
            + " 1: 'faults[0]' cannot be used: there is no resource 'lokal'",
        "faults: [{what: reset, match: {operation: chat}}]|"
            + " 1: 'faults[0]' cannot be used: there is no operation 'chat'; there is chat/comp",
        "timelines: [{from: 40s, to: 10s, what: [reset]}]|"
            + " 1: 'timelines[0]' cannot be used: 'to' is later than 'from', and not 10s",
        "timelines: [{from: 10s}]| 1: 'timelines[0].what' is missing",
        "timelines: [{what: reset}]| 1: 'timelines[0].what' must be a list, not 'reset'",
        "faults-by-header: often| 1: 'faults-by-header' must be true or false, not 'often'",
      })
  void whatCannotBeUsedIsRefusedWithItsLine(String yaml, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessageStartingWith("emulator.yaml:" + problem);
  }
}

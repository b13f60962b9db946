package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.emulator.filter.Blocklist;
import dev.spillway.emulator.filter.Effect;
import dev.spillway.emulator.filter.FilterCategory;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.filter.Rule;
import dev.spillway.emulator.filter.Severity;
import dev.spillway.emulator.filter.Side;
import dev.spillway.emulator.filter.TextPattern;
import dev.spillway.emulator.filter.Trigger;
import dev.spillway.yaml.YamlException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentFilterYamlTest {

  private static EmulatorConfig parse(String yaml) {
    return EmulatorConfig.parse("emulator.yaml", yaml, name -> null);
  }

  @Test
  void everyKeyOfAPolicy() {
    String yaml =
        """
        content-filters:
          mine:
            mode: asynchronous
            down: true
            prompt: {hate: low, indirect_attack: block, jailbreak: annotate, profanity: block,
                     self_harm: off, sexual: high, violence: annotate}
            completion: {hate: off, profanity: annotate, protected_material_code: off,
                         protected_material_text: annotate, self_harm: low, sexual: medium,
                         violence: high}
            blocklists:
              rivals: [fabrikam, "northwind traders"]
              codes: {words: [secret], regex: ['PRJ-\\d+']}
            triggers:
              - {text: hurt, category: violence, severity: high}
              - {regex: 'ri+ver', in: completion, category: hate, severity: low}
              - {text: lyrics, judges: completion, category: protected_material_text}
              - {text: broken, in: prompt, category: error}
        """;

    assertThat(parse(yaml).contentFilters())
        .isEqualTo(
            Map.of(
                "mine",
                new FilterPolicy(
                    Map.of(
                        FilterCategory.HATE, Rule.LOW,
                        FilterCategory.INDIRECT_ATTACK, Rule.BLOCK,
                        FilterCategory.JAILBREAK, Rule.ANNOTATE,
                        FilterCategory.PROFANITY, Rule.BLOCK,
                        FilterCategory.SELF_HARM, Rule.OFF,
                        FilterCategory.SEXUAL, Rule.HIGH,
                        FilterCategory.VIOLENCE, Rule.ANNOTATE),
                    Map.of(
                        FilterCategory.HATE, Rule.OFF,
                        FilterCategory.PROFANITY, Rule.ANNOTATE,
                        FilterCategory.PROTECTED_MATERIAL_CODE, Rule.OFF,
                        FilterCategory.PROTECTED_MATERIAL_TEXT, Rule.ANNOTATE,
                        FilterCategory.SELF_HARM, Rule.LOW,
                        FilterCategory.SEXUAL, Rule.MEDIUM,
                        FilterCategory.VIOLENCE, Rule.HIGH),
                    List.of(
                        new Blocklist(
                            "rivals",
                            List.of(
                                TextPattern.words("fabrikam"),
                                TextPattern.words("northwind traders"))),
                        new Blocklist(
                            "codes",
                            List.of(TextPattern.words("secret"), TextPattern.regex("PRJ-\\d+")))),
                    List.of(
                        found("hurt", Side.PROMPT, FilterCategory.VIOLENCE, Severity.HIGH),
                        new Trigger(
                            TextPattern.regex("ri+ver"),
                            Side.COMPLETION,
                            Effect.Found.in(Side.COMPLETION, FilterCategory.HATE, Severity.LOW)),
                        found(
                            "lyrics",
                            Side.COMPLETION,
                            FilterCategory.PROTECTED_MATERIAL_TEXT,
                            Severity.HIGH),
                        new Trigger(
                            TextPattern.contained("broken"), Side.PROMPT, new Effect.Down())),
                    true,
                    true)));
  }

  private static Trigger found(
      String text, Side judges, FilterCategory category, Severity severity) {
    return new Trigger(
        TextPattern.contained(text), Side.PROMPT, Effect.Found.in(judges, category, severity));
  }

  @Test
  void whatAPolicyLeavesOutIsAsInMicrosoftsDefault() {
    assertThat(parse("content-filters: {mine: {prompt: {hate: medium}}}").contentFilters())
        .isEqualTo(Map.of("mine", FilterPolicy.DEFAULT));
  }

  @Test
  void aDeploymentMayNameAPolicyOfTheFileOrOneThatIsAlwaysThere() {
    String yaml =
        """
        content-filters: {mine: {down: true}}
        resources:
          a:
            deployments:
              one: {model: gpt-4o, content-filter: mine}
              two: {model: gpt-4o, content-filter: Microsoft.DefaultV2}
        """;

    assertThat(parse(yaml).resources().getFirst().deployments())
        .extracting(deployment -> deployment.contentFilter())
        .containsExactly("mine", "Microsoft.DefaultV2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode: fast| 'content-filters.a.mode' must be one of default, asynchronous, not 'fast'",
        "down: maybe| 'content-filters.a.down' must be true or false, not 'maybe'",
        "prompts: {}| unknown key 'content-filters.a.prompts'; did you mean 'prompt'?",
        "prompt: {self-harm: low}|"
            + " unknown key 'content-filters.a.prompt.self-harm'; did you mean 'self_harm'?",
        "prompt: {protected_material_text: block}|"
            + " unknown key 'content-filters.a.prompt.protected_material_text'; expected one of"
            + " hate, indirect_attack, jailbreak, profanity, self_harm, sexual, violence",
        "prompt: {hate: block}| 'content-filters.a.prompt.hate' must be one of off, annotate, low,"
            + " medium, high, not 'block'",
        "prompt: {jailbreak: low}|"
            + " 'content-filters.a.prompt.jailbreak' must be one of off, annotate, block, not 'low'",
        "blocklists: {b: word}| 'content-filters.a.blocklists.b' must be a list, not 'word'",
        "blocklists: {b: {regex: ['(']}}|"
            + " 'content-filters.a.blocklists.b.regex[0]' must be a regular expression, not '('",
        "triggers: [{category: hate, severity: low}]|"
            + " 'content-filters.a.triggers[0]' needs either 'text' or 'regex'",
        "triggers: [{text: x, severity: low}]|"
            + " 'content-filters.a.triggers[0].category' is missing",
        "triggers: [{text: x, category: hate}]|"
            + " 'content-filters.a.triggers[0]' needs a 'severity', since hate has some",
        "triggers: [{text: x, category: hate, severity: safe}]|"
            + " 'content-filters.a.triggers[0].severity' must be one of low, medium, high,"
            + " not 'safe'",
        "triggers: [{text: x, category: jailbreak, severity: low}]|"
            + " 'content-filters.a.triggers[0].severity' does not go with jailbreak, which has no"
            + " severities",
        "triggers: [{text: x, category: jailbrake}]|"
            + " 'content-filters.a.triggers[0].category' names the category of prompts 'jailbrake',"
            + " which does not exist; did you mean 'jailbreak'?",
        "triggers: [{text: x, in: completion, category: error}]|"
            + " 'content-filters.a.triggers[0]' cannot be used: what stands in a completion only"
            + " condemns completions",
      })
  void whatCannotBeUsedIsRefusedWithItsLine(String key, String problem) {
    assertRefused("content-filters:\n  a:\n    " + key, "3: " + problem);
  }

  @Test
  void aPolicyThatThereIsNotIsRefusedWithItsLine() {
    String yaml =
        """
        content-filters: {strict: {}}
        resources:
          a:
            deployments:
              one: {model: gpt-4o, content-filter: strickt}
        """;

    assertRefused(
        yaml,
        "5: 'resources.a.deployments.one.content-filter' names the content filter 'strickt', which"
            + " does not exist; did you mean 'strict'?");
  }

  private static void assertRefused(String yaml, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessage("emulator.yaml:" + problem);
  }
}

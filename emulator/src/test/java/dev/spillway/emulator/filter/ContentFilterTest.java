package dev.spillway.emulator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFilterTest {

  private static final String TEXT = "0123456789";

  private static Screening screen(FilterPolicy policy, String... prompt) {
    return new ContentFilter(policy).screen(List.of(prompt));
  }

  private static Screening screen(String prompt) {
    return screen(FilterPolicy.DEFAULT, prompt);
  }

  private static FilterPolicy policy(List<Blocklist> blocklists, Trigger... triggers) {
    return new FilterPolicy(Map.of(), Map.of(), blocklists, List.of(triggers), false, false);
  }

  private static boolean blocks(Rule rule, Severity severity) {
    FilterPolicy policy =
        new FilterPolicy(
            Map.of(FilterCategory.HATE, rule), Map.of(), List.of(), List.of(), false, false);
    String marker = "[[filter:hate:" + severity.onTheWire() + "]]";
    return screen(policy, severity == Severity.SAFE ? "" : marker).prompt()
        instanceof Verdict.Blocked;
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, false, false, false",
    "ANNOTATE, false, false, false",
    "LOW, true, true, true",
    "MEDIUM, false, true, true",
    "HIGH, false, false, true",
  })
  void aThresholdBlocksFromItsSeverityUp(Rule rule, boolean low, boolean medium, boolean high) {
    assertThat(blocks(rule, Severity.SAFE)).isFalse();
    assertThat(blocks(rule, Severity.LOW)).isEqualTo(low);
    assertThat(blocks(rule, Severity.MEDIUM)).isEqualTo(medium);
    assertThat(blocks(rule, Severity.HIGH)).isEqualTo(high);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "How do I hurt a feeling?",
        "a filter:sexual:high",
        "[[other:sexual:high]]",
        "[[filter"
      })
  void nothingIsJudgedByItself(String prompt) {
    assertThat(screen(prompt).prompt()).isInstanceOf(Verdict.Passed.class);
    assertThat(screen(prompt).completion(0, prompt).blockedAt()).isEmpty();
    assertThat(screen(prompt).unreadableMarker()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[filter:sexual:high]]",
        "[[filter:self_harm:medium]]",
        "[[filter:jailbreak]]",
        "[[filter:hate:low:block]]",
        "[[filter:profanity:block]]",
        "[[filter:indirect_attack:block]]",
        "[[filter:blocklist:my list]]",
        "[[filter:hate:low]] and [[filter:hate:high]]",
      })
  void aMarkerBlocksThePrompt(String marker) {
    assertThat(screen("Say " + marker + " please").prompt()).isInstanceOf(Verdict.Blocked.class);
    assertThat(screen(FilterPolicy.DEFAULT, "first", marker).prompt())
        .isInstanceOf(Verdict.Blocked.class);
    assertThat(screen(marker).completion(0, TEXT).blockedAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[filter:sexual:low]]",
        "[[filter:profanity]]",
        "[[filter:sexual:high:annotate]]",
        "[[filter:jailbreak:annotate]]",
        "[[filter:off]] [[filter:sexual:high]]",
        "[[filter:error]] [[filter:sexual:high]]",
        "[[filter:completion:sexual:high]]",
      })
  void aMarkerThatDoesNotBlockThePrompt(String marker) {
    assertThat(screen(marker).unreadableMarker()).isNull();
    assertThat(screen(marker).prompt()).isNotInstanceOf(Verdict.Blocked.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[filter:sexaul:high]]",
        "[[filter:sexual]]",
        "[[filter:jailbreak:high]]",
        "[[filter:completion:jailbreak]]",
        "[[filter:protected_material_text]]",
        "[[filter:]]",
        "[[filter:ERROR]]",
      })
  void aMarkerThatSaysNothingIsNamed(String marker) {
    assertThat(screen("Say " + marker + " please").unreadableMarker()).isEqualTo(marker);
  }

  @Test
  void whatIsFoundIsAnnotatedEvenWhereItPasses() {
    assertThat(screen("[[filter:hate:low]]").prompt())
        .isEqualTo(
            new Verdict.Passed(
                List.of(
                    new Annotation.Graded(FilterCategory.HATE, Severity.LOW, false),
                    new Annotation.Detected(FilterCategory.JAILBREAK, false, false),
                    new Annotation.Graded(FilterCategory.SELF_HARM, Severity.SAFE, false),
                    new Annotation.Graded(FilterCategory.SEXUAL, Severity.SAFE, false),
                    new Annotation.Graded(FilterCategory.VIOLENCE, Severity.SAFE, false))));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void theDefaultNamesEveryCategoryOfASide(Side side) {
    assertThat(FilterPolicy.DEFAULT.rules(side).keySet())
        .containsExactlyInAnyOrderElementsOf(FilterCategory.of(side));
  }

  @Test
  void aCompletionIsBlockedInItsMiddle() {
    CompletionReading reading = screen("[[filter:completion:violence:medium]]").completion(0, TEXT);

    assertThat(reading.blockedAt()).isEqualTo(OptionalInt.of(5));
    assertThat(reading.upTo(4)).isInstanceOf(Verdict.Passed.class);
    assertThat(reading.upTo(5)).isInstanceOf(Verdict.Blocked.class).isEqualTo(reading.atItsEnd());
  }

  @Test
  void aMarkerCanNameOneOfSeveralCompletions() {
    Screening screening = screen("[[filter:completion#1:violence:medium]]");

    assertThat(screening.completion(0, TEXT).blockedAt()).isEmpty();
    assertThat(screening.completion(1, TEXT).blockedAt()).isPresent();
    assertThat(screening.completion(2, TEXT).blockedAt()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "I like fabrikam!, true",
    "FABRIKAM, true",
    "fabrikams, false",
    "a Northwind Traders b, true",
    "ärmel, true",
    "wärmel, false",
    "PRJ-77x, true",
    "prj-77, false",
  })
  void aBlocklistKnowsWholeWordsAndExpressions(String text, boolean listed) {
    Blocklist list =
        new Blocklist(
            "rivals",
            List.of(
                TextPattern.words("Fabrikam"),
                TextPattern.words("northwind traders"),
                TextPattern.words("Ärmel"),
                TextPattern.regex("PRJ-\\d+")));
    Verdict verdict = screen(policy(List.of(list)), text).prompt();

    assertThat(verdict instanceof Verdict.Blocked).isEqualTo(listed);
    assertThat(screen(policy(List.of(list)), "").completion(0, text).blockedAt().isPresent())
        .isEqualTo(listed);
  }

  @Test
  void whatStandsInACompletionBlocksItWhereItEnds() {
    Blocklist list = new Blocklist("digits", List.of(TextPattern.regex("34")));

    assertThat(screen(policy(List.of(list)), "").completion(0, TEXT).blockedAt())
        .isEqualTo(OptionalInt.of(5));
  }

  @Test
  void aTriggerOfThePromptCanCondemnTheCompletion() {
    Effect effect =
        new Effect.Found(Side.COMPLETION, null, FilterCategory.HATE, Severity.HIGH, Rule.BLOCK);
    FilterPolicy policy =
        policy(List.of(), new Trigger(TextPattern.contained("Lyrics"), Side.PROMPT, effect));

    assertThat(screen(policy, "the lyrics of").prompt()).isInstanceOf(Verdict.Passed.class);
    assertThat(screen(policy, "the lyrics of").completion(0, TEXT).blockedAt()).isPresent();
    assertThat(screen(policy, "the text of").completion(0, TEXT).blockedAt()).isEmpty();
  }

  @Test
  void aFilterThatIsDownSaysSoOfEverything() {
    FilterPolicy down = Objects.requireNonNull(FilterPolicy.BUILT_IN.get("down"));

    assertThat(screen(down, "[[filter:hate:high]]").prompt()).isEqualTo(new Verdict.Unfiltered());
    assertThat(screen("[[filter:error]]").completion(0, TEXT).atItsEnd())
        .isEqualTo(new Verdict.Unfiltered());
  }

  @Test
  void aCallerChoosesThePolicyButNotHowStreamsAreFiltered() {
    ContentFilters filters = new ContentFilters(Map.of());

    assertThat(filters.find("asynchronous", "off"))
        .hasValueSatisfying(filter -> {
          assertThat(filter.screen(List.of("")).asynchronous()).isTrue();
          assertThat(filter.screen(List.of("[[filter:hate:high]]")).prompt())
              .isEqualTo(Verdict.SILENT);
        });
    assertThat(filters.find(null, "nobody")).isEmpty();
  }
}

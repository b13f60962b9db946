package dev.spillway.router.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.plan.Detours;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.router.routing.Condition.Measure;
import dev.spillway.router.routing.Condition.Want;
import dev.spillway.router.routing.Destination.Shadowed;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DestinationTest {

  private static final Pool SMALL = pool("small");
  private static final Pool LARGE = pool("large");
  private static final Caller BATCH = new Caller("batch", Priority.LOW, Set.of(), Quota.NONE);

  private static final String BODY =
      """
      {"messages": [{"role": "user", "content": [
         {"type": "text", "text": "Prove it?"}, {"type": "image_url", "image_url": {"url": "data:"}}]}],
       "tools": [{"type": "function"}], "response_format": {"type": "json_object"}, "stream": true}
      """;

  static Stream<Arguments> fitting() {
    return Stream.of(
        arguments(new Condition.Model(names("gpt-9", "gpt-4*")), "model gpt-4*"),
        arguments(new Condition.Header("x-tier", names("gold")), "header x-tier: gold"),
        arguments(new Condition.Header("X-Tier", names("*")), "header X-Tier: *"),
        arguments(new Condition.CallerName(names("batch")), "caller batch"),
        arguments(new Condition.CallerPriority(Set.of(Priority.LOW)), "priority low"),
        arguments(new Condition.Operations(Set.of(Operation.CHAT_COMPLETIONS)), "chat/completions"),
        arguments(
            measured(Measure.PROMPT_CHARACTERS, 8, 10), "prompt of 9 characters > 8 and < 10"),
        arguments(
            measured(Measure.PROMPT_TOKENS, 2, Double.POSITIVE_INFINITY),
            "prompt about 3 tokens > 2"),
        arguments(measured(Measure.MESSAGES, Double.NEGATIVE_INFINITY, 2), "1 messages < 2"),
        arguments(
            measured(Measure.COMPLEXITY, 0.2, 1),
            "complexity 0.29 [tasks 0.20, questions 0.08] > 0.2 and < 1"),
        arguments(new Condition.Wants(Want.TOOLS, true), "tools"),
        arguments(new Condition.Wants(Want.IMAGES, true), "images"),
        arguments(new Condition.Wants(Want.JSON, true), "JSON"),
        arguments(new Condition.Wants(Want.STREAM, true), "stream"));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void aRuleSaysWhyItFits(Condition condition, String why) {
    assertThat(to(rule(1, condition)).choose(request(BODY)))
        .isEqualTo(new Choice(LARGE, "rule 1 (" + why + ")"));
  }

  static Stream<Condition> unfitting() {
    return Stream.of(
        new Condition.Model(names("gpt", "gpt-4o-mini")),
        new Condition.Header("x-tier", names("silver")),
        new Condition.Header("x-other", names("*")),
        new Condition.CallerName(names("bat", "chief")),
        new Condition.CallerPriority(Set.of(Priority.HIGH, Priority.NORMAL)),
        new Condition.Operations(Set.of(Operation.EMBEDDINGS)),
        measured(Measure.PROMPT_CHARACTERS, 9, 100),
        measured(Measure.PROMPT_CHARACTERS, 0, 9),
        measured(Measure.COMPLEXITY, 0.6, 1),
        new Condition.Wants(Want.TOOLS, false),
        new Condition.Wants(Want.STREAM, false));
  }

  @ParameterizedTest
  @MethodSource("unfitting")
  void whatNoRuleFitsGoesToTheDefault(Condition condition) {
    assertThat(to(rule(1, condition)).choose(request(BODY)))
        .isEqualTo(new Choice(SMALL, "default (no rule fits)"));
  }

  @Test
  void theFirstRuleThatFitsInAllItsConditionsWins() {
    Condition tools = new Condition.Wants(Want.TOOLS, true);
    Condition chief = new Condition.CallerName(names("chief"));
    Condition batch = new Condition.CallerName(names("batch"));
    Rule second = new Rule(2, "tools", List.of(tools, batch), LARGE);

    Choice choice = to(rule(1, tools, chief), second, rule(3, tools)).choose(request(BODY));

    assertThat(choice.why()).isEqualTo("rule 2 'tools' (tools, caller batch)");
  }

  @Test
  void withoutRulesNothingIsReadAndNothingExplained() {
    LazyFacts unread =
        new LazyFacts(
            Optional.empty(),
            () -> {
              throw new AssertionError("the body was read");
            });

    assertThat(Destination.of(SMALL).choose(request(unread))).isEqualTo(new Choice(SMALL, null));
  }

  /** A body that says nothing is never guessed at. */
  @Test
  void whatIsNoJsonFitsNothingThatIsAskedOfABody() {
    Destination to =
        to(
            rule(1, new Condition.Wants(Want.TOOLS, true)),
            rule(2, measured(Measure.COMPLEXITY, 0.1, 1)),
            rule(3, measured(Measure.PROMPT_TOKENS, 1, Double.POSITIVE_INFINITY)));

    assertThat(to.choose(request("no JSON")).pool()).isEqualTo(SMALL);
  }

  @Test
  void whereNobodyNamesAModelNoModelFits() {
    Inquiry nameless = new Inquiry(BATCH, null, Optional.empty(), name -> null, facts(BODY));

    assertThat(to(rule(1, new Condition.Model(names("*")))).choose(nameless).pool())
        .isEqualTo(SMALL);
  }

  static Stream<Arguments> shadows() {
    Condition tools = new Condition.Wants(Want.TOOLS, true);
    Condition big = measured(Measure.PROMPT_TOKENS, 8_000, Double.POSITIVE_INFINITY);
    Condition bigger = measured(Measure.PROMPT_TOKENS, 9_000, Double.POSITIVE_INFINITY);
    Condition gpt4 = new Condition.Model(names("gpt-4*", "o1"));
    Condition gpt4o = new Condition.Model(names("gpt-4o*"));
    return Stream.of(
        arguments(List.of(tools), List.of(tools), true),
        arguments(List.of(tools), List.of(tools, big), true),
        arguments(List.of(tools, big), List.of(tools), false),
        arguments(List.of(big), List.of(bigger), true),
        arguments(List.of(bigger), List.of(big), false),
        arguments(List.of(gpt4), List.of(gpt4o), true),
        arguments(List.of(gpt4o), List.of(gpt4), false),
        arguments(List.of(tools), List.of(new Condition.Wants(Want.TOOLS, false)), false),
        arguments(List.of(tools), List.of(new Condition.Wants(Want.IMAGES, true)), false),
        arguments(
            List.of(new Condition.CallerPriority(Set.of(Priority.LOW, Priority.NORMAL))),
            List.of(new Condition.CallerPriority(Set.of(Priority.LOW))),
            true),
        arguments(
            List.of(new Condition.Header("X-A", names("*"))),
            List.of(new Condition.Header("x-a", names("1"))),
            true),
        arguments(
            List.of(new Condition.CallerPriority(Set.of(Priority.LOW))),
            List.of(new Condition.CallerPriority(Set.of(Priority.LOW, Priority.NORMAL))),
            false),
        arguments(
            List.of(new Condition.Header("X-A", names("1"))),
            List.of(new Condition.Header("x-a", names("*"))),
            false),
        arguments(
            List.of(new Condition.Header("X-A", names("*"))),
            List.of(new Condition.Header("x-b", names("1"))),
            false),
        arguments(
            List.of(new Condition.CallerName(names("batch*"))),
            List.of(new Condition.CallerName(names("batch-1"))),
            true),
        arguments(
            List.of(new Condition.CallerName(names("batch-1"))),
            List.of(new Condition.CallerName(names("batch*"))),
            false),
        arguments(
            List.of(new Condition.CallerName(names("gpt-4*"))),
            List.of(new Condition.Model(names("gpt-4o"))),
            false),
        arguments(
            List.of(new Condition.Model(names("*"))),
            List.of(new Condition.CallerName(names("gpt"))),
            false),
        arguments(
            List.of(operations(Operation.CHAT_COMPLETIONS, Operation.EMBEDDINGS)),
            List.of(operations(Operation.EMBEDDINGS)),
            true),
        arguments(
            List.of(operations(Operation.EMBEDDINGS)),
            List.of(operations(Operation.CHAT_COMPLETIONS, Operation.EMBEDDINGS)),
            false),
        arguments(List.of(operations(Operation.EMBEDDINGS)), List.of(tools), false),
        arguments(List.of(big), List.of(big), true),
        arguments(
            List.of(measured(Measure.MESSAGES, 1, 9)),
            List.of(measured(Measure.MESSAGES, 1, 9)),
            true),
        arguments(
            List.of(measured(Measure.MESSAGES, 1, 9)),
            List.of(measured(Measure.MESSAGES, 1, 10)),
            false),
        arguments(
            List.of(measured(Measure.MESSAGES, 1, 9)),
            List.of(measured(Measure.PROMPT_TOKENS, 2, 3)),
            false));
  }

  private static Condition operations(Operation... operations) {
    return new Condition.Operations(Set.of(operations));
  }

  @ParameterizedTest
  @CsvSource({"1, 2, false", "1, 1, true", "2, 1, true"})
  void aSpanWithoutANumberIsEmpty(double above, double below, boolean empty) {
    assertThat(new Span(above, below).isEmpty()).isEqualTo(empty);
  }

  /** Each once, however many ways lead to it. */
  @Test
  void allPoolsThatARequestCanComeToAreKnown() {
    Pool huge = pool("huge");
    Condition tools = new Condition.Wants(Want.TOOLS, true);
    Destination to =
        new Destination(List.of(rule(1, tools), rule(2, tools)), SMALL, new Fallbacks(huge, SMALL));

    assertThat(to.pools()).containsExactly(LARGE, SMALL, huge);
    assertThat(Destination.of(SMALL).pools()).containsExactly(SMALL);
  }

  @Test
  void fallbacksAreDetoursByName() {
    assertThat(new Fallbacks(LARGE, null).detours()).isEqualTo(new Detours("large", null));
    assertThat(new Fallbacks(null, LARGE).detours()).isEqualTo(new Detours(null, "large"));
    assertThat(Fallbacks.NONE.detours()).isEqualTo(Detours.NONE);
  }

  @ParameterizedTest
  @MethodSource("shadows")
  void aRuleThatAnEarlierOneTakesEverythingFromIsFound(
      List<Condition> earlier, List<Condition> later, boolean shadowed) {
    Rule first = new Rule(1, null, earlier, LARGE);
    Rule second = new Rule(2, null, later, LARGE);

    assertThat(to(first, second).shadowed())
        .isEqualTo(shadowed ? List.of(new Shadowed(second, first)) : List.of());
  }

  private static Destination to(Rule... rules) {
    return new Destination(List.of(rules), SMALL);
  }

  private static Rule rule(int number, Condition... conditions) {
    return new Rule(number, null, List.of(conditions), LARGE);
  }

  private static Condition measured(Measure measure, double above, double below) {
    return new Condition.Measured(measure, new Span(above, below));
  }

  private static Names names(String... patterns) {
    return new Names(Arrays.asList(patterns));
  }

  private static Inquiry request(String body) {
    return request(facts(body));
  }

  private static Inquiry request(LazyFacts facts) {
    return new Inquiry(
        BATCH,
        "gpt-4o",
        Optional.of(Operation.CHAT_COMPLETIONS),
        name -> Map.of("x-tier", "gold").get(name.toLowerCase(Locale.ROOT)),
        facts);
  }

  private static LazyFacts facts(String body) {
    return new LazyFacts(
        Optional.of(Operation.CHAT_COMPLETIONS),
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Pool pool(String name) {
    Backend backend =
        new Backend(
            name,
            URI.create("http://" + name),
            Api.azure(name, "2024-10-21"),
            Credential.NONE,
            Map.of(),
            name);
    return Pool.of(name, List.of(new Member(backend, 1)));
  }
}

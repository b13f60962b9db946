package dev.spillway.emulator.stub;

import static dev.spillway.control.stub.Conditions.body;
import static dev.spillway.control.stub.Conditions.call;
import static dev.spillway.control.stub.Conditions.callsFrom;
import static dev.spillway.control.stub.Conditions.deployment;
import static dev.spillway.control.stub.Conditions.header;
import static dev.spillway.control.stub.Conditions.message;
import static dev.spillway.control.stub.Conditions.model;
import static dev.spillway.control.stub.Conditions.operation;
import static dev.spillway.control.stub.Conditions.resource;
import static dev.spillway.control.stub.Conditions.result;
import static dev.spillway.control.stub.Conditions.resultOf;
import static dev.spillway.control.stub.Conditions.streamed;
import static dev.spillway.control.stub.Conditions.system;
import static dev.spillway.control.stub.Conditions.tool;
import static dev.spillway.control.stub.Conditions.turn;
import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Conditions;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest.NearMiss;
import dev.spillway.emulator.request.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StubsTest {

  private static StubSpec saying(String text, Condition condition) {
    return Stub.when(condition).says(text);
  }

  /** A condition, and whether {@link #fitsOrNot} fits it. */
  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(Condition.ANY, true),
        Arguments.of(resource("contoso"), true),
        Arguments.of(resource("fabrikam"), false),
        Arguments.of(deployment("mini", "chat"), true),
        Arguments.of(deployment("mini"), false),
        Arguments.of(operation("chat/completions"), true),
        Arguments.of(operation("responses"), false),
        Arguments.of(model("gpt-4o"), true),
        Arguments.of(model("gpt-4"), false),
        Arguments.of(header("x-test").isEqualTo("a b"), true),
        Arguments.of(header("x-test").isEqualTo("a"), false),
        Arguments.of(header("x-other").matches(".*"), false),
        Arguments.of(system().contains("POLITE"), true),
        Arguments.of(system().contains("weather"), false),
        Arguments.of(user().contains("weather"), true),
        Arguments.of(user().isEqualTo("The Weather in Paris"), true),
        Arguments.of(user().isEqualTo("weather"), false),
        Arguments.of(user().matches("in \\w+$"), true),
        Arguments.of(user().matches("^in"), false),
        Arguments.of(user().contains("hello"), false),
        Arguments.of(message().contains("hello"), true),
        Arguments.of(message().contains("goodbye"), false),
        Arguments.of(result().contains("weather"), false),
        Arguments.of(resultOf("get_weather"), false),
        Arguments.of(tool("get_weather"), true),
        Arguments.of(tool("get_time"), false),
        Arguments.of(turn(2), true),
        Arguments.of(turn(1), false),
        Arguments.of(streamed(), false),
        Arguments.of(body("response_format.type").isEqualTo("json_schema"), true),
        Arguments.of(body("input[1].text").isEqualTo("b"), true),
        Arguments.of(body("seed").isEqualTo("7"), true),
        Arguments.of(body("seed").isEqualTo("8"), false),
        Arguments.of(body("absent").matches(".*"), false),
        Arguments.of(deployment("chat").and(turn(1)), false));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void fitsOrNot(Condition condition, boolean fits) {
    Asked asked =
        Talk.asked(
            "chat",
            Map.of("x-test", "a b"),
            """
            {"response_format": {"type": "json_schema"}, "seed": 7,
             "input": [{}, {"text": "b"}]}\
            """,
            Talk.system("Be polite."),
            Talk.user("hello"),
            Talk.assistant("Hello."),
            Talk.user("The Weather in Paris"));

    assertThat(new Talk(saying("yes", condition)).say(asked)).isEqualTo(fits ? "yes" : null);
  }

  @Test
  void theLowerPriorityIsAskedFirstAndOfEqualsTheOneThatWasThereFirst() {
    Talk talk =
        new Talk(
            saying("late", Condition.ANY).named("a").priority(9),
            saying("first", Condition.ANY).named("b"),
            saying("second", Condition.ANY).named("c"),
            saying("urgent", user().contains("help")).named("d").priority(1));

    assertThat(talk.say("hello")).isEqualTo("first");
    assertThat(talk.say("help")).isEqualTo("urgent");
    assertThat(talk.stubs().all())
        .extracting(status -> status.stub().name())
        .containsExactly("d", "b", "c", "a");
  }

  @Test
  void aStubOfTheSameNameTakesThePlace() {
    Talk talk =
        new Talk(
            saying("old", Condition.ANY).named("a"), saying("other", Condition.ANY).named("b"));

    var unused = talk.stubs().put(saying("new", Condition.ANY).named("a"));

    assertThat(talk.say("hello")).isEqualTo("new");
  }

  @Test
  void oneWithoutANameGetsOneThatIsFree() {
    Talk talk = new Talk(saying("x", Condition.ANY).named("stub-1"), saying("y", Condition.ANY));

    assertThat(talk.stubs().find("stub-2")).isPresent();
  }

  @Test
  void theNthCallIsCountedForEveryStubThatFitsWhoeverAnswers() {
    Talk talk =
        new Talk(
            saying("first", user().contains("a").and(call(1))).named("one"),
            saying("second", user().contains("a").and(call(2))).named("two"),
            saying("later {{call}}", user().contains("a").and(callsFrom(4))).named("more"));

    assertThat(Stream.of("a", "b", "a", "a", "a", "a").map(talk::say))
        .containsExactly("first", null, "second", null, "later 4", "later 5");
    assertThat(talk.stubs().find("two")).get().extracting(StubStatus::fitted).isEqualTo(5L);
    assertThat(talk.stubs().find("two")).get().extracting(StubStatus::answered).isEqualTo(1L);

    talk.stubs().resetCounts();
    assertThat(talk.say("a")).isEqualTo("first");
  }

  @Test
  void ofManyCallsAtOnceExactlyOneIsTheThird() throws InterruptedException {
    Talk talk = new Talk(saying("{{call}}", call(3)), saying("no", Condition.ANY));
    Map<String, Integer> said = new ConcurrentHashMap<>();

    List<Thread> callers =
        IntStream.range(0, 64)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> said.merge(String.valueOf(talk.say("x")), 1, Integer::sum)))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(said).containsExactlyInAnyOrderEntriesOf(Map.of("3", 1, "no", 63));
  }

  @Test
  void aScriptGoesThroughTheTurnsOfAConversation() {
    Talk talk =
        new Talk(
            Stub.when(user().contains("weather"))
                .callsTool("get_weather", Map.of("city", "Paris"))
                .then()
                .says("It is {{result}}."));
    List<ChatMessage> messages = new ArrayList<>();

    messages.add(Talk.user("hello"));
    assertThat(say(talk, messages)).isNull();
    messages.addAll(List.of(Talk.assistant("Hello."), Talk.user("the weather?")));
    assertThat(say(talk, messages)).isEqualTo("get_weather({\"city\":\"Paris\"})");
    messages.addAll(List.of(Talk.calling("get_weather"), Talk.result("get_weather", "sunny")));
    assertThat(say(talk, messages)).isEqualTo("It is sunny.");
    messages.addAll(List.of(Talk.assistant("It is sunny."), Talk.user("thanks")));
    assertThat(say(talk, messages)).isNull();
    messages.addAll(List.of(Talk.assistant("…"), Talk.user("and the weather tomorrow?")));
    assertThat(say(talk, messages)).isEqualTo("get_weather({\"city\":\"Paris\"})");
  }

  private static @Nullable String say(Talk talk, List<ChatMessage> messages) {
    return talk.say(Talk.asked(messages.toArray(ChatMessage[]::new)));
  }

  @Test
  void twoConversationsAtOnceDoNotDisturbEachOthersScripts() {
    Talk talk = new Talk(Stub.always().says("one").then().says("two"));

    assertThat(talk.say("a")).isEqualTo("one");
    assertThat(talk.say("b")).isEqualTo("one");
    assertThat(talk.say(Talk.asked(Talk.user("b"), Talk.assistant("one"), Talk.user("c"))))
        .isEqualTo("two");
    assertThat(talk.say(Talk.asked(Talk.user("a"), Talk.assistant("one"), Talk.user("d"))))
        .isEqualTo("two");
  }

  @Test
  void aToolsResultIsKnownByTheCallItAnswers() {
    Talk talk =
        new Talk(
            saying("sunny!", resultOf("get_weather").and(result().contains("sun"))),
            saying("noon!", resultOf("get_time")));

    assertThat(
            talk.say(
                Talk.asked(
                    Talk.user("time?"), Talk.calling("get_time"), Talk.result("get_time", "12"))))
        .isEqualTo("noon!");
    assertThat(
            talk.say(
                Talk.asked(
                    Talk.user("weather?"),
                    Talk.calling("get_weather"),
                    Talk.result("get_weather", "Sunny"))))
        .isEqualTo("sunny!");
  }

  @Test
  void theNearestStubsSayWhyTheyDoNotFit() {
    Talk talk =
        new Talk(
            saying("x", deployment("mini").and(user().contains("time"))).named("far"),
            saying("x", user().matches("^time")).named("near"),
            saying("x", call(2)).named("counted"));

    assertThat(talk.stubs().ask(Talk.asked(Talk.user("the weather?"))))
        .isEqualTo(
            new StubVerdict.Unmatched(
                List.of(
                    new NearMiss("near", List.of("user does not match '^time': 'the weather?'")),
                    new NearMiss("counted", List.of("call is 1, not 2")),
                    new NearMiss(
                        "far",
                        List.of(
                            "deployment is 'chat', not 'mini'",
                            "user does not contain 'time': 'the weather?'")))));
  }

  @Test
  void everyConditionSaysWhyItIsNotFit() {
    Condition all =
        resource("a")
            .and(operation("responses"))
            .and(model("o1"))
            .and(header("x-a").isEqualTo("1"))
            .and(system().contains("polite"))
            .and(Conditions.message().contains("bye"))
            .and(result().contains("sunny"))
            .and(resultOf("get_weather"))
            .and(tool("get_time"))
            .and(turn(2))
            .and(streamed())
            .and(body("seed").isEqualTo("7"));

    assertThat(new Talk(saying("x", all)).stubs().ask(Talk.asked(Talk.user("hello"))))
        .isEqualTo(
            new StubVerdict.Unmatched(
                List.of(
                    new NearMiss(
                        "stub-1",
                        List.of(
                            "resource is 'contoso', not 'a'",
                            "operation is 'chat/completions', not 'responses'",
                            "model is 'gpt-4o', not 'o1'",
                            "header x-a is missing",
                            "system has said nothing",
                            "message does not contain 'bye': 'hello'",
                            "result did not come last",
                            "result-of 'get_weather': no tool has answered last",
                            "tool 'get_time' is not offered, but 'get_weather'",
                            "turn is 1, not 2",
                            "stream is false",
                            "body seed is missing")))));
  }

  @Test
  void aRegularExpressionCannotBeMadeToRunForever() {
    Talk talk = new Talk(saying("x", user().matches("^(a+)+$")));

    assertThat(talk.say("a".repeat(100_000) + "!")).isNull();
  }

  @Test
  void whatCannotBeUsedIsRefusedWhenItIsSet() {
    Stubs stubs = new Stubs();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stubs.put(saying("x", user().matches("(")).named("a")))
        .withMessageStartingWith("the stub 'a': the regular expression '(' cannot be used");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stubs.put(saying("x", operation("chat")).named("a")))
        .withMessageContaining("the operation is one of chat/completions, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stubs.put(saying("x", body("a..b").contains("x")).named("a")))
        .withMessageContaining("a path in the body is written such as");
    assertThat(stubs.all()).isEmpty();
  }
}

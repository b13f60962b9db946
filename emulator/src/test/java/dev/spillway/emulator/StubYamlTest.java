package dev.spillway.emulator;

import static dev.spillway.control.stub.Conditions.body;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Ordinals;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubAnswer;
import dev.spillway.control.stub.StubCall;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubUsage;
import dev.spillway.yaml.YamlException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StubYamlTest {

  private static List<StubSpec> parse(String yaml) {
    return EmulatorConfig.parse("emulator.yaml", yaml, name -> null).stubs();
  }

  @Test
  void everyKeyOfAStub() {
    String yaml =
        """
        stubs:
          - name: everything
            priority: -1
            when:
              resource: contoso
              deployment: [chat, mini]
              operation: responses
              model: gpt-4o
              headers: {x-a: {equals: "1"}, x-b: {regex: ^2}}
              system: {contains: polite}
              user: {regex: 'in (\\w+)'}
              message: {contains: hello}
              result: {equals: sunny}
              result-of: get_weather
              tool: [get_weather]
              turn: 2
              stream: true
              body: {response_format.type: {equals: json_schema}}
            answer:
              calls:
                - name: get_weather
                  arguments: {city: "{{user}}", days: 3, at: [1.5, true, null, "7"]}
                - {name: raw, arguments: "{"}
                - {name: none}
              finish-reason: stop
              usage: {prompt: 10, completion: 20, reasoning: 5}
            then:
              - Done.
              - {text: "And so on.", usage: {reasoning: 7}}
              - {chunks: [a, b]}
              - {refusal: "No."}
          - {answer: Anything.}
        """;

    assertThat(parse(yaml))
        .containsExactly(
            new StubSpec(
                "everything",
                -1,
                resource("contoso")
                    .and(deployment("chat", "mini"))
                    .and(operation("responses"))
                    .and(model("gpt-4o"))
                    .and(header("x-a").isEqualTo("1"))
                    .and(header("x-b").matches("^2"))
                    .and(system().contains("polite"))
                    .and(user().matches("in (\\w+)"))
                    .and(message().contains("hello"))
                    .and(result().isEqualTo("sunny"))
                    .and(resultOf("get_weather"))
                    .and(tool("get_weather"))
                    .and(turn(2))
                    .and(streamed())
                    .and(body("response_format.type").isEqualTo("json_schema")),
                new StubAnswer(
                    null,
                    null,
                    null,
                    List.of(
                        new StubCall("get_weather", arguments()),
                        StubCall.raw("raw", "{"),
                        StubCall.of("none", Map.of())),
                    "stop",
                    new StubUsage(10, 20, 5)),
                List.of(
                    StubAnswer.says("Done."),
                    new StubAnswer(
                        "And so on.", null, null, List.of(), null, new StubUsage(null, null, 7)),
                    StubAnswer.streams("a", "b"),
                    StubAnswer.refuses("No."))),
            new StubSpec("stub-2", null, null, StubAnswer.says("Anything."), List.of()));
  }

  private static JsonNode arguments() {
    return StubCall.of(
            "f",
            new TreeMap<>(
                Map.of("city", "{{user}}", "days", 3, "at", Arrays.asList(1.5, true, null, "7"))))
        .arguments();
  }

  @Test
  void numbersMayBeRanges() {
    assertThat(parse("stubs: [{when: {call: 2..4}, answer: x}]"))
        .containsExactly(
            Stub.when(
                    new Condition(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        new Ordinals(2, 4),
                        null,
                        Map.of()))
                .says("x")
                .named("stub-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}| 'stubs[0].answer' is missing",
        "{anwser: x}| unknown key 'stubs[0].anwser'; did you mean 'answer'?",
        "{name: a b, answer: x}|"
            + " 'stubs[0]' cannot be used: a stub's name is 1 to 64 letters, digits, '_', '.' or '-',"
            + " not 'a b'",
        "{when: {usr: x}, answer: x}| unknown key 'stubs[0].when.usr'; did you mean 'user'?",
        "{when: {user: {like: x}}, answer: x}|"
            + " 'stubs[0].when.user' cannot be used: a text is compared by equals, contains or"
            + " regex, not by 'like'",
        "{when: {user: {}}, answer: x}|"
            + " 'stubs[0].when.user' must be a text, or one of equals, contains and regex with it,"
            + " not a mapping",
        "{when: {user: {regex: '('}}, answer: x}|"
            + " 'stubs[0]' cannot be used: the stub 'stub-1': the regular expression '(' cannot be"
            + " used: missing closing )",
        "{when: {turn: none}, answer: x}|"
            + " 'stubs[0].when.turn' must be numbers from 1 up, such as 2, 2..4 or 3.., not 'none'",
        "{answer: {}}|"
            + " 'stubs[0].answer' cannot be used: an answer says nothing: it needs one of text,"
            + " chunks, refusal and calls",
        "{answer: {text: x, finish-reason: bored}}|"
            + " 'stubs[0].answer' cannot be used: the finish-reason of an answer is one of stop,"
            + " length, tool_calls, not 'bored'",
        "{answer: {calls: [{name: f, arguments: [1]}]}}|"
            + " 'stubs[0].answer.calls[0]' cannot be used: the arguments of a call are an object, or"
            + " a text for them, not [1]",
        "{answer: {text: x, usage: {prompt: -1}}}|"
            + " 'stubs[0].answer.usage.prompt' must be a whole number from 0 to 100000000, not '-1'",
        "{answer: '{{usr}}'}|"
            + " 'stubs[0]' cannot be used: the stub 'stub-1': nothing is called {{usr}}; did you"
            + " mean {{user}}?",
        "{when: {call: 1}, answer: x, then: [y]}|"
            + " 'stubs[0]' cannot be used: a script ('then') goes by the conversation's turns, and"
            + " so excludes the condition 'call'",
      })
  void whatCannotBeUsedIsRefusedWithItsLine(String stub, String problem) {
    assertRefused("stubs:\n  - " + stub, "2: " + problem);
  }

  @Test
  void noTwoStubsHaveOneName() {
    assertRefused(
        "stubs:\n  - {name: stub-2, answer: x}\n  - {answer: y}",
        "3: 'stubs[1]' is called 'stub-2', as another stub is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ecco|'resources.a.deployments.m.generator' must be one of prose, echo, fixed, stubs, not 'ecco'",
        "fixed|cannot be used: the generator fixed has a text, and no other has one",
        "{text: x}|'resources.a.deployments.m.generator.name' is missing",
        "{name: stubs, unmatched: x}|.unmatched' must be one of prose, echo, refuse, not 'x'",
      })
  void whatIsNoGeneratorIsRefused(String generator, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() ->
            parse(
                "resources:\n  a:\n    deployments:\n      m: {model: gpt-4o, generator: %s}"
                    .formatted(generator)))
        .withMessageContaining(problem);
  }

  private static void assertRefused(String yaml, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessage("emulator.yaml:" + problem);
  }
}

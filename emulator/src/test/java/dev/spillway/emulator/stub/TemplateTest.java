package dev.spillway.emulator.stub;

import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubAnswer;
import dev.spillway.control.stub.StubCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private static final Condition CITY = user().matches("in (?P<city>\\w+)( now)?");

  private static final Asked ASKED =
      Talk.asked(
          "chat",
          Map.of("x-name", "Ada"),
          "{\"user\": \"u1\", \"tools\": [{\"n\": 1}]}",
          Talk.system("Be polite."),
          Talk.user("hello"),
          Talk.calling("get_weather"),
          Talk.result("get_weather", "sunny"),
          Talk.assistant("Hello."),
          Talk.user("The weather in Paris?"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{user}}|The weather in Paris?",
        "{{ last_message }}|The weather in Paris?",
        "{{message[0]}}, {{message[-2]}}, {{message[99]}}.|Be polite., Hello., .",
        "{{system}}|Be polite.",
        "{{deployment}} {{model}} {{resource}} {{operation}}|chat gpt-4o contoso chat/completions",
        "{{header.x-name}}{{header.x-none}}|Ada",
        "{{regex.0}}, {{regex.1}}, {{regex.city}}, {{regex.2}}.|in Paris, Paris, Paris, .",
        "{{json.user}} {{json.tools[0].n}} {{json.tools}} {{json.none}}.|u1 1 [{\"n\":1}] .",
        "{{now}}|2026-01-02T03:04:05Z",
        "{{turn}} {{call}}|3 1",
        "\\{{user}} {user} }}|{{user}} {user} }}",
      })
  void aPlaceIsFilledFromTheRequest(String template, String text) {
    assertThat(new Talk(Stub.when(CITY).says(template)).say(ASKED)).isEqualTo(text);
  }

  @Test
  void theResultOfAToolIsTheNewest() {
    Talk talk = new Talk(Stub.always().says("{{result}}"));

    assertThat(talk.say(Talk.asked(Talk.result("a", "1"), Talk.result("b", "2"))))
        .isEqualTo("1\n2");
    assertThat(talk.say(ASKED)).isEmpty();
  }

  @Test
  void whatIsFilledInIsNotLookedAtAgain() {
    assertThat(new Talk(Stub.always().says("{{user}}")).say("{{model}}")).isEqualTo("{{model}}");
  }

  @Test
  void madeUpIdsDifferWithinAnAnswerAndFollowFromTheSeed() {
    String one = new Talk(Stub.always().says("{{random.uuid}} {{random.uuid}}")).say("x");
    String other = new Talk(Stub.always().says("{{random.uuid}} {{random.uuid}}")).say("x");

    assertThat(one).isEqualTo(other).isNotNull();
    assertThat(List.of(String.valueOf(one).split(" "))).doesNotHaveDuplicates();
  }

  @Test
  void argumentsStayJsonWhateverIsFilledIn() {
    Talk talk =
        new Talk(
            Stub.always().callsTool("f", Map.of("q", List.of("{{user}}", 7, Map.of("b", true)))));

    assertThat(talk.say("a\"b")).isEqualTo("f({\"q\":[\"a\\\"b\",7,{\"b\":true}]})");
  }

  @Test
  void argumentsThatAreOneTextAreSentAsTheyAre() {
    StubAnswer answer = StubAnswer.calls(StubCall.raw("f", "{\"city\": {{user}"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Talk(Stub.always().answers(answer)))
        .withMessageContaining("without its }}");
    assertThat(
            new Talk(
                    Stub.always()
                        .answers(StubAnswer.calls(StubCall.raw("f", "{{{user}}: ")))) // open
                .say("x"))
        .isEqualTo("f({x: )");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{usr}}|nothing is called {{usr}}; did you mean {{user}}?",
        "{{request.body}}|nothing is called {{request.body}}; there is call, deployment,",
        "{{header.}}|nothing is called {{header.}}",
        "{{regex.3}}|the stub's regex 'in (?P<city>\\w+)( now)?' has no such group",
        "{{regex.town}}|has no such group",
        "{{json.a b}}|a path in the body is written such as",
        "{{}}|nothing is called {{}}",
        "{{user|has a {{ without its }}",
      })
  void aPlaceThatCanNeverBeFilledIsRefused(String template, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Talk(Stub.when(CITY).says(template).named("a")))
        .withMessageStartingWith("the stub 'a': ")
        .withMessageContaining(problem);
  }

  @Test
  void groupsNeedOneRegularExpression() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Talk(Stub.always().says("{{regex.1}}")))
        .withMessageContaining(
            "{{regex.1}} needs one regex in the stub's condition, which has none");
  }
}

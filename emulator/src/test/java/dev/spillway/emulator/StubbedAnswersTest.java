package dev.spillway.emulator;

import static dev.spillway.control.stub.Conditions.call;
import static dev.spillway.control.stub.Conditions.header;
import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.GeneratorSpec.Unmatched;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stubs are on the wire. */
class StubbedAnswersTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "2024-10-21";
  private static final String YAML =
      """
      listen: 127.0.0.1:0
      stubs:
        - {name: weather, when: {user: weather}, answer: "Sunny."}
        - {name: news, when: {user: news}, answer: "None."}
      resources:
        local:
          keys: [emulator-key-1]
          deployments:
            chat: {model: gpt-4.1-mini, capacity: 1000}
            strict: {model: gpt-4.1-mini, capacity: 1000, generator: {name: stubs, unmatched: refuse}}
      """;

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML);

  private void put(StubSpec stub) {
    var unused = emulator.control().stubs().put(stub);
  }

  private JsonNode ask(String text, String more) {
    Answer answer = emulator.chat("chat", VERSION, EmulatorFixture.asking(text, more));
    assertThat(answer.statusLine()).endsWith("200 OK");
    return JSON.readTree(answer.body());
  }

  private String say(String text) {
    return ask(text, "").at("/choices/0/message/content").asString();
  }

  private List<JsonNode> stream(String text, String more) {
    return emulator
        .chat("chat", VERSION, EmulatorFixture.asking(text, ",\"stream\":true" + more))
        .events()
        .stream()
        .filter(event -> !event.equals("[DONE]"))
        .map(JSON::readTree)
        .toList();
  }

  private List<String> names() {
    return emulator.control().stubs().all().stream()
        .map(StubStatus::stub)
        .map(StubSpec::name)
        .map(String::valueOf)
        .toList();
  }

  @Test
  void aStubSetWhileItRunsAnswersTheNextCall() {
    put(Stub.when(user().matches("in (\\w+)")).says("{{regex.1}}, {{deployment}}, {{now}}"));

    assertThat(say("how is it in Paris?")).isEqualTo("Paris, chat, 2026-01-02T03:04:05Z");
  }

  @Test
  void aHeaderOfTheRequestIsLookedAt() {
    put(Stub.when(header("X-Test").isEqualTo("7")).says("{{header.x-test}}!"));

    Answer answer =
        emulator.send(
            "POST /openai/deployments/chat/chat/completions?api-version=2024-10-21 HTTP/1.1\n"
                + "api-key: emulator-key-1\nx-test: 7\nContent-Type: application/json",
            EmulatorFixture.asking("hello", ""));

    assertThat(answer.body()).contains("\"content\":\"7!\"");
  }

  @Test
  void theSecondCallIsAnsweredOtherwise() {
    put(Stub.when(user().contains("again").and(call(1))).says("first"));
    put(Stub.when(user().contains("again").and(call(2))).says("second"));

    assertThat(say("again")).isEqualTo("first");
    assertThat(say("again")).isEqualTo("second");
    assertThat(say("again")).hasSizeGreaterThan(20);
  }

  @Test
  void aStreamComesInTheChunksItIsTold() {
    put(Stub.when(user().contains("hello")).streams("Hel", "lo, {{user}}", "!"));

    assertThat(stream("hello", ""))
        .extracting(chunk -> chunk.at("/choices/0/delta/content").asString(""))
        .filteredOn(text -> !text.isEmpty())
        .containsExactly("Hel", "lo, hello", "!");
  }

  @Test
  void aStreamCallsATool() {
    put(
        Stub.when(user().matches("in (\\w+)"))
            .callsTool("get_weather", Map.of("city", "{{regex.1}}")));

    List<JsonNode> chunks = stream("is it warm in Paris?", "");
    StringBuilder arguments = new StringBuilder();
    chunks.forEach(chunk ->
        arguments.append(
            chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString("")));

    assertThat(arguments).hasToString("{\"city\":\"Paris\"}");
    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
  }

  @Test
  void whatIsBilledCanBeTold() {
    put(Stub.when(user().contains("hello")).says("Hi.").billed(1_000, 50));

    JsonNode usage = ask("hello", "").at("/usage");

    assertThat(usage.at("/prompt_tokens").asInt()).isEqualTo(1_000);
    assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(50);
    assertThat(usage.at("/total_tokens").asInt()).isEqualTo(1_050);
    JournalEntry entry = emulator.control().journal(JournalQuery.all()).getLast();
    assertThat(entry.promptTokens()).isEqualTo(1_000);
    assertThat(entry.completionTokens()).isEqualTo(50);
  }

  @Test
  void aRefusalTakesThePlaceOfTheText() {
    put(Stub.when(user().contains("hello")).refuses("No, {{user}}."));

    JsonNode message = ask("hello", "").at("/choices/0/message");
    String streamed =
        stream("hello", "").stream()
            .map(chunk -> chunk.at("/choices/0/delta/refusal").asString(""))
            .collect(Collectors.joining());

    assertThat(message.get("content").isNull()).isTrue();
    assertThat(message.get("refusal").asString()).isEqualTo("No, hello.");
    assertThat(streamed).isEqualTo("No, hello.");
  }

  @Test
  void anotherFinishReasonIsTold() {
    put(Stub.when(user().contains("hello")).says("Hi").finishing("length"));

    assertThat(ask("hello", "").at("/choices/0/finish_reason").asString()).isEqualTo("length");
  }

  @Test
  void whatNoStubFitsIsRefusedWithTheNearestOnes() {
    Answer answer = emulator.chat("strict", VERSION, EmulatorFixture.asking("the time?", ""));

    assertThat(answer.statusLine()).contains(" 400 ");
    assertThat(JSON.readTree(answer.body()).at("/error/message").asString())
        .isEqualTo(
            "No stub fits this request: chat/completions of deployment 'strict', turn 1, user"
                + " says 'the time?'. Nearest: 'weather' (user does not contain 'weather':"
                + " 'the time?'), 'news' (user does not contain 'news': 'the time?').");
    assertThat(emulator.control().journal(JournalQuery.all()).getLast().reason())
        .isEqualTo("no_stub_fits");
  }

  @Test
  void whatNoStubFitsIsListedUntilItIsCleared() {
    say("the time?");

    assertThat(emulator.control().stubs().unmatched())
        .extracting(UnmatchedRequest::text)
        .containsExactly("the time?");
    emulator.control().stubs().clearUnmatched();
    assertThat(emulator.control().stubs().unmatched()).isEmpty();
  }

  @Test
  void withoutAnyStubsNothingIsUnmatched() {
    emulator.control().stubs().clear();

    say("the time?");

    assertThat(emulator.control().stubs().unmatched()).isEmpty();
    emulator
        .control()
        .patch("chat", DeploymentPatch.generator(GeneratorSpec.stubsElse(Unmatched.REFUSE)));
    assertThat(emulator.chat("chat", VERSION, EmulatorFixture.asking("x", "")).body())
        .contains("There are no stubs.");
  }

  @Test
  void whatIsSaidStaysOutOfTheListWhereBodiesAreNotKept() {
    try (EmulatorFixture discreet = EmulatorFixture.ofYaml("journal: {bodies: false}\n" + YAML)) {
      assertThat(
              discreet.chat("strict", VERSION, EmulatorFixture.asking("secret", "")).statusLine())
          .contains(" 400 ");

      assertThat(discreet.control().stubs().unmatched().toString())
          .contains("weather")
          .doesNotContain("secret");
    }
  }

  @Test
  void manyAnswersToOneQuestionAreOneCall() {
    put(Stub.when(user().contains("hello")).says("{{call}}").named("counted"));

    assertThat(ask("hello", ",\"n\":3").at("/choices"))
        .extracting(choice -> choice.at("/message/content").asString())
        .containsExactly("1", "1", "1");
    assertThat(emulator.control().stubs().find("counted").answered()).isEqualTo(1);
  }

  @Test
  void theFileIsFollowedAndWhatItLeavesAloneStays() {
    put(Stub.when(user().contains("news")).says("Steered.").named("news"));
    put(Stub.when(user().contains("time")).says("Noon.").named("time"));

    reload(YAML.replace("Sunny.", "Rainy."));

    assertThat(List.of(say("weather"), say("news"), say("time")))
        .containsExactly("Rainy.", "Steered.", "Noon.");

    reload(YAML.replace("- {name: news", "- {name: sports"));

    assertThat(names()).containsExactly("weather", "time", "sports");
  }

  private void reload(String yaml) {
    emulator.emulator.reload(EmulatorConfig.parse("emulator.yaml", yaml, name -> null));
  }

  @Test
  void aResetBringsBackTheFilesStubsUncounted() {
    say("weather");
    put(Stub.always().says("x"));
    emulator.control().stubs().delete("news");

    emulator.control().reset();

    assertThat(names()).containsExactly("weather", "news");
    assertThat(emulator.control().stubs().find("weather").answered()).isZero();
  }

  @Test
  void aConfigurationNamesItsStubsAndTakesNoneTwice() {
    EmulatorConfig.Builder config =
        EmulatorConfig.defaults().toBuilder().stub(Stub.when(Condition.ANY).says("x"));

    assertThat(config.build().stubs()).extracting(StubSpec::name).containsExactly("stub-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.stub(Stub.always().says("y").named("stub-1")).build())
        .withMessage("two stubs are called 'stub-1'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EmulatorConfig.defaults().toBuilder().stub(Stub.always().says("{{usr}}")).build())
        .withMessageContaining("did you mean {{user}}?");
  }
}

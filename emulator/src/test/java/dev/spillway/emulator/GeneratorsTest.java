package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.emulator.RawHttp.Answer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What deployments answer whose generator is named. */
class GeneratorsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "2024-10-21";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          content-filters:
            strict:
              triggers: [{text: horrible, in: completion, category: violence, severity: high}]
          stubs:
            - {when: {user: weather}, answer: "Sunny."}
          resources:
            local:
              keys: [emulator-key-1]
              deployments:
                usual: {model: gpt-4.1-mini, capacity: 1000}
                prose: {model: gpt-4.1-mini, capacity: 1000, generator: prose}
                echo: {model: gpt-4.1-mini, capacity: 1000, generator: echo}
                fixed: {model: gpt-4.1-mini, capacity: 1000, content-filter: strict,
                        generator: {name: fixed, text: "Naïve 🙂, horrible and well."}}
                stubs: {model: gpt-4.1-mini, capacity: 1000,
                        generator: {name: stubs, unmatched: echo}}
          """);

  private JsonNode ask(String deployment, String body) {
    Answer answer = emulator.chat(deployment, VERSION, body);
    assertThat(answer.statusLine()).endsWith("200 OK");
    return JSON.readTree(answer.body());
  }

  private String say(String deployment, String text) {
    return ask(deployment, EmulatorFixture.asking(text, ""))
        .at("/choices/0/message/content")
        .asString();
  }

  @ParameterizedTest
  @CsvSource({
    "echo, hello, hello",
    "usual, the weather?, Sunny.",
    "stubs, the weather?, Sunny.",
    "stubs, hello, hello"
  })
  void saysWhatItIsToldTo(String deployment, String asked, String said) {
    assertThat(say(deployment, asked)).isEqualTo(said);
  }

  @Test
  void theUsualOneSpeaksProseWhereNoStubFits() {
    assertThat(say("usual", "hello")).hasSizeGreaterThan(20);
  }

  @Test
  void proseAsksNoStub() {
    assertThat(say("prose", "the weather?")).isNotEqualTo("Sunny.").hasSizeGreaterThan(20);
  }

  @Test
  void anEchoSaysTheResultsOfToolsWhereTheyCameLast() {
    String body =
        """
        {"messages":[{"role":"user","content":"weather?"},
          {"role":"assistant","content":"","tool_calls":[{"id":"a","type":"function",
            "function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function",
            "function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"a","content":"sunny"},
          {"role":"tool","tool_call_id":"b","content":"warm"}]}
        """;

    assertThat(ask("echo", body).at("/choices/0/message/content").asString())
        .isEqualTo("sunny\nwarm");
  }

  @Test
  void aTextIsCountedAsTheModelCountsIt() {
    emulator.control().patch("fixed", DeploymentPatch.contentFilter("off"));

    JsonNode answer = ask("fixed", EmulatorFixture.asking("hello", ""));

    assertThat(answer.at("/choices/0/message/content").asString())
        .isEqualTo("Naïve 🙂, horrible and well.");
    assertThat(answer.at("/usage/completion_tokens").asInt())
        .isEqualTo(1 + new Tokenizers().of("o200k_base").count("Naïve 🙂, horrible and well."));
  }

  @Test
  void aStreamSaysTheSameAndNoHalfCharacters() {
    emulator.control().patch("fixed", DeploymentPatch.contentFilter("off"));

    Answer answer =
        emulator.chat("fixed", VERSION, EmulatorFixture.asking("hello", ",\"stream\":true"));
    List<String> pieces =
        answer.events().stream()
            .filter(event -> !event.equals("[DONE]"))
            .map(event -> JSON.readTree(event).at("/choices/0/delta/content").asString(""))
            .filter(piece -> !piece.isEmpty())
            .toList();

    assertThat(String.join("", pieces)).isEqualTo("Naïve 🙂, horrible and well.");
    assertThat(pieces).contains(" 🙂").hasSizeGreaterThan(5);
  }

  @Test
  void maxTokensCutsAFixedText() {
    JsonNode answer = ask("fixed", EmulatorFixture.asking("hello", ",\"max_tokens\":2"));

    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void theContentFilterReadsWhatAGeneratorSays() {
    JsonNode answer = ask("fixed", EmulatorFixture.asking("hello", ""));

    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
  }

  @Test
  void theGeneratorIsChangedWhileItRuns() {
    emulator.control().patch("usual", DeploymentPatch.generator(GeneratorSpec.fixed("New.")));

    assertThat(say("usual", "the weather?")).isEqualTo("New.");
    assertThat(emulator.control().deployment("usual").spec().generatorOrUsual())
        .isEqualTo(GeneratorSpec.fixed("New."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'generator': 'echo'|hello",
        "'generator': {'name': 'fixed', 'text': 'Hi.'}|Hi.",
      })
  void theControlApiTakesANameOrMore(String member, String said) {
    Answer answer =
        emulator.send(
            "PUT /emulator/deployments/new HTTP/1.1\nContent-Type: application/json",
            "{\"model\": \"gpt-4o\", \"capacity\": 10, %s}".formatted(member.replace('\'', '"')));

    assertThat(answer.statusLine()).endsWith("200 OK");
    assertThat(say("new", "hello")).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'generator': 'ecco'|the generator is one of prose, echo, fixed, stubs, not 'ecco'",
        "'generator': 'fixed'|the generator fixed has a text, and no other has one",
        "'generator': {'name': 'echo', 'unmatched': 'prose'}|only the generator stubs",
        "'generator': {'name': 'stubs', 'unmatched': 'x'}|is one of prose, echo, refuse, not 'x'",
        "'generator': {'text': 'x'}|the generator has no name",
        "'generator': {'name': 'echo', 'kind': 'x'}|unknown key 'kind'",
      })
  void whatIsNoGeneratorIsRefused(String member, String problem) {
    Answer answer =
        emulator.send(
            "PATCH /emulator/deployments/usual HTTP/1.1\nContent-Type: application/json",
            "{" + member.replace('\'', '"') + "}");

    assertThat(answer.statusLine()).contains(" 400 ");
    assertThat(answer.body()).contains(problem);
    assertThat(say("usual", "weather")).isEqualTo("Sunny.");
  }
}

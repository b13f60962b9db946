package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Legacy completions, and what is refused of them. */
class CompletionsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "2024-10-21";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2024",
          model("instruct", "gpt-35-turbo-instruct"),
          model("davinci", "davinci-002"),
          model("oldest", "text-davinci-003"),
          new DeploymentSpec(
              "0301",
              "gpt-35-turbo",
              "0301",
              DeploymentSpec.STANDARD,
              Limit.of(1_000),
              null,
              null,
              null,
              null));

  private static DeploymentSpec model(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.of(1_000));
  }

  private Answer complete(String deployment, String body) {
    return emulator.post(
        "/openai/deployments/" + deployment + "/completions?api-version=" + VERSION, body);
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.statusLine()).endsWith("200 OK");
    return JSON.readTree(answer.body());
  }

  private List<String> texts(String body) {
    return json(complete("instruct", body))
        .path("choices")
        .valueStream()
        .map(choice -> choice.path("text").stringValue())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"instruct", "davinci", "oldest", "0301"})
  void anAnswerHasSixteenTokensUnlessMoreAreAskedFor(String deployment) {
    JsonNode answer = json(complete(deployment, "{\"prompt\":\"Once upon a time\"}"));

    assertThat(answer.path("object").stringValue()).isEqualTo("text_completion");
    assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(4);
    assertThat(answer.at("/usage/completion_tokens").intValue()).isBetween(1, 16);
    assertThat(json(complete(deployment, "{\"prompt\":\"a\",\"max_tokens\":5}")).toString())
        .contains("\"completion_tokens\":5");
  }

  @Test
  void everyPromptIsAnsweredNTimesInTheirOrder() {
    List<String> texts =
        texts("{\"prompt\":[\"one\",\"two\"],\"n\":3,\"echo\":true,\"max_tokens\":4}");

    assertThat(texts).hasSize(6).doesNotHaveDuplicates();
    assertThat(texts.subList(0, 3)).allMatch(text -> text.startsWith("one"));
    assertThat(texts.subList(3, 6)).allMatch(text -> text.startsWith("two"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[12805, 5304, 264, 892]", "[[12805, 5304, 264, 892]]"})
  void aPromptCanBeTokens(String tokens) {
    assertThat(texts("{\"echo\":true,\"max_tokens\":0,\"prompt\":" + tokens + "}"))
        .containsExactly("Once upon a time");
  }

  @Test
  void whereNothingMayBeWrittenOnlyTheEchoIsLeft() {
    JsonNode answer =
        json(complete("instruct", "{\"prompt\":\"Hi\",\"echo\":true,\"max_tokens\":0}"));

    assertThat(answer.at("/choices/0/text").stringValue()).isEqualTo("Hi");
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").intValue()).isZero();
  }

  @Test
  void aStreamHasTheTextOfTheWholeAnswer() {
    String body = "{\"prompt\":\"Hi\",\"n\":2,\"max_tokens\":9,\"echo\":true";
    List<String> events = complete("instruct", body + ",\"stream\":true}").events();

    assertThat(events.getLast()).isEqualTo("[DONE]");
    String first =
        events.stream()
            .filter(event -> event.contains("\"index\":0"))
            .map(event -> JSON.readTree(event).at("/choices/0/text").asString())
            .collect(Collectors.joining());
    assertThat(first).startsWith("Hi").hasSizeGreaterThan(10);
  }

  @Test
  void whatIsWrittenToChooseTheBestIsBilledAndCharged() {
    String body = "{\"prompt\":\"Hi\",\"max_tokens\":4,\"best_of\":3}";
    Answer answer = complete("instruct", body);

    assertThat(json(answer).path("choices")).hasSize(1);
    assertThat(json(answer).at("/usage/completion_tokens").intValue()).isEqualTo(12);
    assertThat(emulator.control().journal(JournalQuery.ofDeployment("instruct")))
        .extracting(JournalEntry::chargedTokens, JournalEntry::completionTokens)
        .containsExactly(Tuple.tuple(15L, 12));
  }

  @Test
  void theAnswersToAllPromptsAreCharged() {
    complete("instruct", "{\"prompt\":[\"abcd\",\"efgh\"],\"n\":2}");

    assertThat(emulator.control().journal(JournalQuery.ofDeployment("instruct")))
        .extracting(JournalEntry::chargedTokens)
        .containsExactly((2L + 2 * 16) * 2);
  }

  @Test
  void logprobsAreFourArraysThatAgree() {
    JsonNode choice =
        json(complete("instruct", "{\"prompt\":\"Hi\",\"max_tokens\":5,\"logprobs\":2}"))
            .at("/choices/0");
    JsonNode logprobs = choice.path("logprobs");

    assertThat(logprobs.path("tokens").valueStream().map(JsonNode::asString))
        .hasSize(5)
        .satisfies(tokens ->
            assertThat(String.join("", tokens.stream().map(Object::toString).toList()))
                .isEqualTo(choice.path("text").stringValue()));
    int offset = 0;
    for (int i = 0; i < 5; i++) {
      String token = logprobs.at("/tokens/" + i).stringValue();
      double likelihood = logprobs.at("/token_logprobs/" + i).doubleValue();
      assertThat(logprobs.at("/text_offset/" + i).intValue()).isEqualTo(offset);
      assertThat(likelihood).isNegative();
      assertThat(logprobs.at("/top_logprobs/" + i)).hasSize(2);
      assertThat(logprobs.at("/top_logprobs/" + i).path(token).doubleValue()).isEqualTo(likelihood);
      offset += token.length();
    }
  }

  @ParameterizedTest
  @CsvSource({"35turbo, gpt-35-turbo", "mini, gpt-4.1-mini"})
  void aModelThatOnlyChatsIsNamed(String deployment, String model) {
    assertThat(complete(deployment, "{\"prompt\":\"Hi\"}").body())
        .startsWith(
            "{\"error\":{\"code\":\"OperationNotSupported\",\"message\":\"The completion operation"
                + " does not work with the specified model, "
                + model
                + ". ");
  }

  @Test
  void aModelThatOnlyCompletesDoesNotChat() {
    assertThat(emulator.chat("instruct", VERSION, EmulatorFixture.body(4, "")).body())
        .contains(
            "The chatCompletion operation does not work with the specified model,"
                + " gpt-35-turbo-instruct.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"logprobs\":1", "\"best_of\":1", "\"echo\":false"})
  void aChatModelThatCompletesDoesNotTakeAllOfIt(String member) {
    Answer answer = complete("0301", "{\"prompt\":\"Hi\"," + member + "}");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.header("Content-Length")).isEqualTo("236");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"BadRequest\",\"message\":\"logprobs, best_of and echo parameters are"
                + " not available on gpt-35-turbo model. Please remove the parameter and try again."
                + " For more details, see https://go.microsoft.com/fwlink/?linkid=2227346.\"}}");
    assertThat(emulator.control().deployment("0301").requests().fullInMillis()).isZero();
  }

  @Test
  void theInstructModelDoesNotTellLogprobsOfAnEcho() {
    String both = "{\"prompt\":\"Hi\",\"echo\":true,\"logprobs\":1}";

    assertThat(complete("instruct", both).body())
        .contains(
            "\"Setting 'echo' and 'logprobs' at the same time is not supported for this model.\"");
    assertThat(complete("davinci", both).statusLine()).endsWith("200 OK");
  }

  @Test
  void aPromptAndItsAnswerHaveToFit() {
    String prompt = " go".repeat(4_090);

    assertThat(complete("instruct", "{\"prompt\":\"" + prompt + "\",\"max_tokens\":8}").body())
        .contains(
            "\"message\": \"This model's maximum context length is 4097 tokens, however you"
                + " requested 4098 tokens (4090 in your prompt; 8 for the completion). Please"
                + " reduce your prompt; or completion length.\"");
    assertThat(
            complete("instruct", "{\"prompt\":\"" + prompt + "\",\"max_tokens\":7}").statusLine())
        .endsWith("200 OK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"prompt\":[]; [] is not valid under any of the given schemas - 'prompt'",
        "\"prompt\":{}; {} is not valid under any of the given schemas - 'prompt'",
        "\"prompt\":[\"a\",1]; is not valid under any of the given schemas - 'prompt'",
        "\"prompt\":[300000]; 'prompt' holds a number that is no token of cl100k_base.",
        "\"n\":0; 0 is less than the minimum of 1 - 'n'",
        "\"n\":129; 129 is greater than the maximum of 128 - 'n'",
        "\"max_tokens\":-1; -1 is less than the minimum of 0 - 'max_tokens'",
        "\"logprobs\":6; 6 is greater than the maximum of 5 - 'logprobs'",
        "\"echo\":\"yes\"; is not of type 'boolean' - 'echo'",
        "\"stop\":[1]; [1] is not of type 'string' - 'stop'",
        "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]; is too long - 'stop'",
        "\"n\":3,\"best_of\":2; You requested that the server return more choices than it will"
            + " generate (HINT: you must set 'n' (currently 3) to be at most 'best_of' (currently 2),"
            + " or omit either parameter if you don't specifically want to use them.)",
      },
      quoteCharacter = '`')
  void aBodyThatCannotBeRead(String members, String message) {
    Answer answer = complete("instruct", "{" + members + "}");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body()).contains(message).contains("\"type\": \"invalid_request_error\"");
  }

  @Test
  void aPromptThatTheFilterBlocksIsBlockedAlsoAsTokens() {
    String blocked = "{\"prompt\":[\"Hello\",\"[[filter:sexual:high]]\"]}";

    assertThat(complete("instruct", blocked).body()).contains("\"code\":\"content_filter\"");
  }

  @Test
  void aCompletionThatTheFilterBlocksEndsWithIt() {
    JsonNode answer =
        json(complete("instruct", "{\"prompt\":\"[[filter:completion:violence:medium]]\"}"));

    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("content_filter");
    assertThat(answer.at("/choices/0/text").stringValue()).isEmpty();
  }
}

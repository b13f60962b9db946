package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of calls that the content filter has a say in. */
class FilteredAnswersTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "2024-10-21";
  private static final String LATE = "[[filter:asynchronous]] [[filter:completion:hate:high]]";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          content-filters:
            strict:
              prompt: {hate: low, indirect_attack: annotate}
              blocklists: {rivals: [fabrikam]}
              triggers:
                - {text: rude, category: hate, severity: low}
                - {text: lyrics, judges: completion, category: protected_material_text}
                - {text: outage, category: error}
                - {regex: '\\w', in: completion, category: sexual, severity: low}
          resources:
            local:
              keys: [emulator-key-1]
              deployments:
                plain: {model: gpt-4.1-mini, capacity: 1000}
                strict: {model: gpt-4.1-mini, capacity: 1000, content-filter: strict}
                late: {model: gpt-4.1-mini, capacity: 1000, content-filter: asynchronous}
                off: {model: gpt-4.1-mini, capacity: 1000, content-filter: "off"}
          """);

  private Answer ask(String deployment, String text, String more) {
    return emulator.chat(deployment, VERSION, EmulatorFixture.asking(text, more));
  }

  private List<JsonNode> stream(String deployment, String text, String more) {
    Answer answer = ask(deployment, text, ",\"stream\":true" + more);
    assertThat(answer.events().getLast()).isEqualTo("[DONE]");
    return answer.events().stream()
        .filter(event -> !event.equals("[DONE]"))
        .map(JSON::readTree)
        .toList();
  }

  private JournalEntry journalled() {
    return emulator.control().journal(JournalQuery.all()).getLast();
  }

  private static String finishReason(JsonNode chunk) {
    return chunk.at("/choices/0/finish_reason").asString("");
  }

  private static String text(List<JsonNode> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asString("")));
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"plain, [[filter:hate:high]]", "strict, be rude", "strict, buy Fabrikam now"})
  void aBlockedPromptIsChargedAndJournalledAsRefused(String deployment, String text) {
    Answer answer = ask(deployment, text, ",\"max_tokens\":100");

    assertThat(answer.statusLine()).endsWith("400 Bad Request");
    assertThat(journalled().reason()).isEqualTo("content_filter");
    assertThat(journalled().chargedTokens()).isEqualTo(100 + Math.ceilDiv(text.length(), 4));
    assertThat(answer.header("x-ratelimit-remaining-tokens"))
        .isEqualTo(Long.toString(1_000_000 - 100 - Math.ceilDiv(text.length(), 4)));
  }

  @Test
  void aPromptWithAnUnreadableMarkerIsJournalledWithWhatItWasCharged() {
    assertThat(ask("plain", "[[filter:sexaul:high]]", ",\"max_tokens\":100").statusLine())
        .contains("400");

    assertThat(journalled().chargedTokens()).isEqualTo(106);
  }

  @Test
  void aBlockedPromptCountsInTheMetrics() {
    assertThat(ask("plain", "[[filter:jailbreak]]", "").statusLine()).contains("400");

    assertThat(emulator.send("GET /metrics HTTP/1.1", "").body())
        .contains(
            "spillway_emulator_requests_total{deployment=\"plain\",operation=\"chat/completions\",resource=\"local\",status=\"400\"} 1.0")
        .contains(
            "spillway_emulator_tokens_total{deployment=\"plain\",kind=\"charged\",resource=\"local\"} 21.0");
  }

  @Test
  void aProvisionedDeploymentPaysForABlockedPromptAlone() {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4o", 100));

    assertThat(ask("ptu", "[[filter:jailbreak]]", ",\"max_tokens\":4000").statusLine())
        .contains("400");

    long tokens =
        emulator.control().deployment("ptu").tokens().limit().count()
            - emulator.control().deployment("ptu").tokens().remaining().count();
    assertThat(tokens).isBetween(5L, 30L);
  }

  @Test
  void v1IsFilteredToo() {
    String model = ",\"model\":\"plain\"";

    Answer blocked =
        emulator.post(
            "/openai/v1/chat/completions", EmulatorFixture.asking("[[filter:jailbreak]]", model));

    assertThat(blocked.statusLine()).endsWith("400 Bad Request");
    assertThat(blocked.body())
        .contains("\"jailbreak\":{\"detected\":true,\"filtered\":true}")
        .isEqualTo(ask("plain", "[[filter:jailbreak]]", "").body());
  }

  @Test
  void anOldApiVersionTellsABlockWithoutAnnotations() {
    String body = EmulatorFixture.asking("[[filter:completion:hate:high]]", ",\"max_tokens\":9");

    assertThat(emulator.chat("plain", "2023-05-15", body).body())
        .startsWith("{\"choices\":[{\"finish_reason\":\"content_filter\",\"index\":0}],");
  }

  @Test
  void aBlockedCompletionIsBilledForWhatWasProduced() {
    String prompt = "[[filter:completion:hate:high]] tell me";

    List<JsonNode> chunks = stream("plain", prompt, ",\"max_tokens\":41");
    int tokens = chunks.size() - 3; // without the prompt's chunk, the role and the end

    assertThat(text(chunks)).isNotBlank();
    assertThat(finishReason(chunks.getLast())).isEqualTo("content_filter");
    assertThat(journalled().completionTokens()).isEqualTo(tokens + 1).isLessThan(35);
    JsonNode whole = JSON.readTree(ask("plain", prompt, ",\"max_tokens\":41").body());
    assertThat(whole.at("/usage/completion_tokens").asInt())
        .isBetween(2, 35)
        .isEqualTo(journalled().completionTokens());
  }

  @Test
  void ofSeveralChoicesOnlyTheOneConcernedStops() {
    String prompt = "[[filter:completion#1:hate:high]]";
    List<JsonNode> chunks =
        stream(
            "plain",
            prompt,
            ",\"n\":3,\"max_tokens\":20,\"stream_options\":{\"include_usage\":true}");

    assertThat(chunks.stream().map(FilteredAnswersTest::finishReason).filter(r -> !r.isEmpty()))
        .hasSize(3)
        .containsOnlyOnce("content_filter");
    assertThat(chunks.getLast().at("/usage/completion_tokens").isNumber()).isTrue();
  }

  @Test
  void triggersOfAPolicyCondemnWhatTheyAreToldTo() {
    assertThat(ask("strict", "the lyrics", ",\"max_tokens\":9").body())
        .contains("\"protected_material_text\":{\"detected\":true,\"filtered\":true}")
        .contains("\"indirect_attack\":{\"detected\":false,\"filtered\":false}")
        .contains("\"sexual\":{\"filtered\":false,\"severity\":\"low\"}")
        .contains("\"finish_reason\":\"content_filter\"");
    assertThat(ask("strict", "an outage", "").body()).contains("content_filter_error");
    assertThat(ask("plain", "be rude", "").statusLine()).contains("200");
  }

  @Test
  void aDeploymentsFilterCanBeTurnedOffAndOnWhileItRuns() {
    emulator.control().patch("plain", DeploymentPatch.contentFilter("down"));
    assertThat(ask("plain", "[[filter:hate:high]]", "").body())
        .contains("\"content_filter_result\":{\"error\":{\"code\":\"content_filter_error\"");

    emulator.control().patch("plain", DeploymentPatch.contentFilter(""));
    assertThat(ask("plain", "[[filter:hate:high]]", "").statusLine()).contains("400");
  }

  @Test
  void aCallerMayAskForAnotherPolicy() {
    String head =
        "POST /openai/deployments/plain/chat/completions?api-version=2024-10-21 HTTP/1.1\n"
            + "api-key: emulator-key-1\nx-policy-id: strict";

    assertThat(emulator.send(head, EmulatorFixture.asking("be rude", "")).statusLine())
        .contains("400");
  }

  @Test
  void aFilterThatIsOffLetsEverythingPassAndSaysNothing() {
    assertThat(ask("off", "[[filter:hate:high]]", "").body())
        .startsWith("{\"choices\":[{\"content_filter_results\":{},\"finish_reason\":")
        .contains("\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[filter:sexaul:high]]", "[[filter:jailbreak:high]]"})
  void aMarkerThatSaysNothingIsRefusedByItsName(String marker) {
    Answer answer = ask("plain", "Say " + marker, "");

    assertThat(answer.statusLine()).endsWith("400 Bad Request");
    assertThat(answer.body()).contains("The marker '" + marker + "' says nothing");
  }

  @Test
  void asynchronouslyTheBlockComesAfterMoreWasSent() {
    String more = ",\"max_tokens\":200,\"stream_options\":{\"include_usage\":true}";
    List<JsonNode> chunks = stream("plain", LATE, more);
    JsonNode last = chunks.getLast();
    int sent = text(chunks).length();

    assertThat(finishReason(last)).isEqualTo("content_filter");
    assertThat(last.at("/choices/0/content_filter_results/hate/filtered").asBoolean()).isTrue();
    assertThat(last.at("/choices/0/delta").isMissingNode()).isTrue();
    assertThat(last.path("id").asString()).isEmpty();
    assertThat(last.at("/choices/0/content_filter_offsets/end_offset").asInt())
        .isEqualTo(LATE.length() + sent);
    assertThat(sent % 200).isLessThan(20);
    assertThat(chunks.stream().map(FilteredAnswersTest::finishReason)).doesNotContain("stop");
    assertThat(chunks).noneMatch(chunk -> chunk.path("usage").isObject());
  }

  @Test
  void whatIsFoundAfterTheEndNoLongerChangesTheFinishReason() {
    String more = ",\"max_tokens\":20,\"stream_options\":{\"include_usage\":true}";
    List<JsonNode> chunks = stream("late", "[[filter:completion:hate:high]]", more);

    assertThat(chunks.stream().map(FilteredAnswersTest::finishReason))
        .doesNotContain("content_filter");
    assertThat(chunks)
        .anyMatch(
            chunk -> chunk.at("/choices/0/content_filter_results/hate/filtered").asBoolean(false));
    assertThat(chunks.getLast().at("/usage/completion_tokens").isNumber()).isTrue();
  }

  @Test
  void asynchronouslyTokensCarryNoVerdict() {
    assertThat(stream("late", "Hello", ",\"max_tokens\":60"))
        .filteredOn(chunk -> chunk.at("/choices/0/delta").isObject())
        .isNotEmpty()
        .allMatch(chunk -> chunk.at("/choices/0/content_filter_results").isMissingNode());
  }

  @Test
  void anUnstreamedAnswerIsFilteredBeforeItIsSentWhateverTheMode() {
    JsonNode whole =
        JSON.readTree(ask("late", "[[filter:completion:hate:high]]", ",\"max_tokens\":9").body());

    assertThat(finishReason(whole)).isEqualTo("content_filter");
    assertThat(whole.at("/choices/0/message").isMissingNode()).isTrue();
  }

  @Test
  void aBlockedPromptDoesNotSpillOver() {
    emulator.control().put(DeploymentSpec.standard("paygo", "gpt-4o", Limit.of(100)));
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4o", 100).withSpillover("paygo"));

    assertThat(ask("ptu", "[[filter:jailbreak]]", "").statusLine()).contains("400");
    assertThat(journalled().deployment()).isEqualTo("ptu");
  }
}

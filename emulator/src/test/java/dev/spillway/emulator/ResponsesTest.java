package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Responses that go on from each other, are kept, listed, left to themselves and cancelled. */
class ResponsesTest {

  private static final String PATH = "/openai/v1/responses";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start("2026", DeploymentSpec.standard("five4", "gpt-5.4", Limit.of(700)));

  private JsonNode create(String more) {
    Answer answer = post("{\"model\":\"mini\"" + more + "}");
    assertThat(answer.statusLine()).as(answer.body()).isEqualTo("HTTP/1.1 200 OK");
    return json(answer);
  }

  private Answer post(String body) {
    return emulator.post(PATH, body);
  }

  private Answer call(String methodAndMore) {
    int blank = methodAndMore.indexOf(' ');
    return emulator.send(
        methodAndMore.substring(0, blank + 1)
            + PATH
            + "/"
            + methodAndMore.substring(blank + 1)
            + " HTTP/1.1\napi-key: "
            + EmulatorFixture.KEY,
        "");
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String id(JsonNode response) {
    return response.path("id").asString();
  }

  private static String message(Answer answer) {
    return json(answer).at("/error/message").asString();
  }

  private static String text(JsonNode response) {
    return response.at("/output/0/content/0/text").asString();
  }

  private List<String> texts(String responseAndQuery) {
    JsonNode data = json(call("GET " + responseAndQuery)).path("data");
    return StreamSupport.stream(data.spliterator(), false)
        .map(item -> item.at("/content/0/text").asString())
        .toList();
  }

  @Test
  void oneIsShownAgainAsItWas() {
    JsonNode created = create(",\"input\":\"Hello\"");

    assertThat(json(call("GET " + id(created)))).isEqualTo(created);
  }

  @Test
  void oneThatIsNotToBeStoredIsNotFound() {
    JsonNode created = create(",\"input\":\"Hello\",\"store\":false");

    assertThat(call("GET " + id(created)).statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
  }

  @Test
  void oneThatIsStreamedIsKept() {
    String stream = post("{\"model\":\"mini\",\"input\":\"Hello\",\"stream\":true}").body();
    String data = stream.substring(stream.lastIndexOf("data: ") + "data: ".length());
    JsonNode completed = JsonMapper.shared().readTree(data).path("response");

    assertThat(json(call("GET " + id(completed)))).isEqualTo(completed);
  }

  @Test
  void oneIsKeptForThirtyDays() {
    String id = id(create(",\"input\":\"Hello\""));

    emulator.clock.advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(call("GET " + id).statusLine()).contains("200");
    emulator.clock.advance(Duration.ofSeconds(1));
    assertThat(call("GET " + id).statusLine()).contains("404");
  }

  @Test
  void aResetForgetsThem() {
    String id = id(create(",\"input\":\"Hello\""));

    emulator.control().reset();

    assertThat(call("GET " + id).statusLine()).contains("404");
  }

  @Test
  void aDeletedOneIsGone() {
    String id = id(create(",\"input\":\"Hello\""));

    JsonNode deleted = json(call("DELETE " + id));

    assertThat(deleted.path("id").asString()).isEqualTo(id);
    assertThat(deleted.path("deleted").asBoolean()).isTrue();
    assertThat(call("DELETE " + id).statusLine()).contains("404");
  }

  @Test
  void theNextTurnIsBilledForWhatWasSaidBeforeButNotForItsInstructions() {
    JsonNode first = create(",\"input\":\"Hello\",\"instructions\":\"Be brief and kind.\"");
    String id = id(first);
    JsonNode second = create(",\"input\":\"Go on\",\"previous_response_id\":\"" + id + "\"");
    JsonNode spelledOut =
        create(
            ",\"input\":[{\"role\":\"user\",\"content\":\"Hello\"},"
                + "{\"role\":\"assistant\",\"content\":\""
                + text(first)
                + "\"},{\"role\":\"user\",\"content\":\"Go on\"}]");

    assertThat(second.path("previous_response_id").asString()).isEqualTo(id);
    assertThat(second.path("instructions").isNull()).isTrue();
    assertThat(second.at("/usage/input_tokens")).isEqualTo(spelledOut.at("/usage/input_tokens"));
    assertThat(id(second)).startsWith(id.substring(0, "resp_".length() + 16));
  }

  @Test
  void anUnknownPreviousResponseIsRefused() {
    Answer answer =
        post("{\"model\":\"mini\",\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(message(answer)).isEqualTo("Previous response with id 'resp_1' not found.");
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("previous_response_not_found");
    assertThat(json(answer).at("/error/param").asString()).isEqualTo("previous_response_id");
  }

  @Test
  void anItemIsReferredToByItsId() {
    JsonNode first = create(",\"input\":\"Hello\"");
    String item = first.at("/output/0/id").asString();

    JsonNode second =
        create(
            ",\"input\":[{\"type\":\"item_reference\",\"id\":\""
                + item
                + "\"},{\"role\":\"user\",\"content\":\"Go on\"}]");

    assertThat(texts(id(second) + "/input_items?order=asc")).containsExactly(text(first), "Go on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"item_reference\",\"id\":\"rs_1\"}",
        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}"
      })
  void anItemThatWasNotStoredIsNotFound(String item) {
    assertThat(message(post("{\"model\":\"mini\",\"input\":[" + item + "]}")))
        .isEqualTo(
            "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false."
                + " Try again with `store` set to true, or remove this item from your input.");
  }

  @Test
  void reasoningThatCarriesItselfNeedsNotBeStored() {
    JsonNode response =
        create(
            ",\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                + "\"encrypted_content\":\"gAAAAA\"},{\"role\":\"user\",\"content\":\"Hi\"}]");

    assertThat(response.path("status").asString()).isEqualTo("completed");
  }

  @Test
  void inputItemsAreThoseOfTheWholeConversationTheLatestFirst() {
    JsonNode first = create(",\"input\":\"One\"");
    JsonNode second = create(",\"input\":\"Two\",\"previous_response_id\":\"" + id(first) + "\"");
    String list = id(second) + "/input_items";

    assertThat(texts(list)).containsExactly("Two", text(first), "One");
    assertThat(texts(list + "?order=asc&limit=1")).containsExactly("One");
    JsonNode page = json(call("GET " + list + "?limit=2"));
    assertThat(page.path("has_more").asBoolean()).isTrue();
    assertThat(texts(list + "?after=" + page.path("last_id").asString())).containsExactly("One");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "order=up", "after=msg_0"})
  void aPageThatCannotBeIsRefused(String query) {
    String id = id(create(",\"input\":\"Hello\""));

    assertThat(call("GET " + id + "/input_items?" + query).statusLine()).contains("400");
  }

  @Test
  void oneInTheBackgroundIsQueuedThenInProgressThenCompleted() {
    JsonNode created = create(",\"input\":\"Hello\",\"background\":true");

    assertThat(created.path("status").asString()).isEqualTo("queued");
    assertThat(created.path("output")).isEmpty();
    assertThat(json(call("GET " + id(created))).path("status").asString()).isEqualTo("in_progress");
    JsonNode completed = json(call("GET " + id(created)));
    assertThat(completed.path("status").asString()).isEqualTo("completed");
    assertThat(text(completed)).isNotBlank();
  }

  @Test
  void oneInTheBackgroundIsCompletedAfterTwoSeconds() {
    String id = id(create(",\"input\":\"Hello\",\"background\":true"));

    emulator.clock.advance(Duration.ofSeconds(2));

    assertThat(json(call("GET " + id)).path("status").asString()).isEqualTo("completed");
  }

  @Test
  void oneInTheBackgroundCanBeCancelledBeforeItIsDone() {
    String id = id(create(",\"input\":\"Hello\",\"background\":true"));

    assertThat(json(call("POST " + id + "/cancel")).path("status").asString())
        .isEqualTo("cancelled");
    assertThat(json(call("POST " + id + "/cancel")).path("status").asString())
        .isEqualTo("cancelled");
    assertThat(json(call("GET " + id)).path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void oneThatIsDoneStaysAsItIs() {
    String id = id(create(",\"input\":\"Hello\",\"background\":true"));
    emulator.clock.advance(Duration.ofSeconds(2));

    assertThat(json(call("POST " + id + "/cancel")).path("status").asString())
        .isEqualTo("completed");
  }

  @Test
  void oneThatItsCallerWaitedForCannotBeCancelled() {
    Answer answer = call("POST " + id(create(",\"input\":\"Hello\"")) + "/cancel");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(message(answer)).isEqualTo("Cannot cancel a synchronous response.");
  }

  @Test
  void aStreamInTheBackgroundCanBeReadAgainFromAnyEventOn() {
    String stream =
        post("{\"model\":\"mini\",\"input\":\"Hello\",\"background\":true,\"stream\":true}").body();
    String id = stream.replaceAll("(?s).*?\"id\":\"(resp_[0-9a-f]+)\".*", "$1");

    assertThat(stream).startsWith("event: response.created").contains("event: response.queued");
    assertThat(call("GET " + id + "?stream=true").body()).isEqualTo(stream);
    String rest = call("GET " + id + "?stream=true&starting_after=2").body();
    assertThat(stream).endsWith(rest);
    assertThat(rest).startsWith("event: response.output_item.added");
  }

  @Test
  void whatWasNotStreamedInTheBackgroundIsNoStream() {
    String id = id(create(",\"input\":\"Hello\",\"background\":true"));

    assertThat(call("GET " + id + "?stream=true").statusLine()).contains("400");
  }

  @Test
  void whatWasAskedForIsSaidBack() {
    JsonNode response =
        create(
            """
            ,"input":"Hello","instructions":"Be brief.","max_output_tokens":50,
            "max_tool_calls":3,"metadata":{"team":"a"},"parallel_tool_calls":false,
            "prompt_cache_key":"k","safety_identifier":"s","service_tier":"priority",
            "temperature":0,"top_p":0.5,"truncation":"auto","user":"u",
            "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},
            "tools":[{"type":"web_search"},{"type":"function","name":"f","parameters":{"type":"object","properties":{}},"strict":false}],
            "tool_choice":"none"\
            """);

    assertThat(response.path("instructions").asString()).isEqualTo("Be brief.");
    assertThat(response.path("metadata").toString()).isEqualTo("{\"team\":\"a\"}");
    assertThat(response.path("temperature").toString()).isEqualTo("0.0");
    assertThat(response.path("top_p").toString()).isEqualTo("0.5");
    assertThat(response.path("service_tier").asString()).isEqualTo("priority");
    assertThat(response.path("parallel_tool_calls").asBoolean()).isFalse();
    assertThat(response.path("text").toString())
        .isEqualTo(
            "{\"format\":{\"type\":\"json_schema\",\"description\":null,\"name\":\"n\","
                + "\"schema\":{\"type\":\"object\"},\"strict\":false},\"verbosity\":\"low\"}");
    assertThat(response.path("tools").toString())
        .isEqualTo(
            "[{\"type\":\"web_search\"},{\"type\":\"function\",\"description\":null,"
                + "\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false}]");
    assertThat(response.path("tool_choice").asString()).isEqualTo("none");
  }

  /** As OpenAI documents it: one whose schema cannot be kept to is said back as not strict. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'properties':{},'additionalProperties':false | true",
        "'properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false | true",
        "'properties':{'a':{'type':'string'}},'additionalProperties':false | false",
        "'properties':{'a':{'type':'string'}},'required':['a'] | false"
      })
  void aFunctionThatDoesNotSayIsStrictWhereItsSchemaLetsIt(String schema, boolean strict) {
    JsonNode response =
        create(
            ",\"input\":\"Hello\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":"
                + "{\"type\":\"object\","
                + schema.replace('\'', '"')
                + "}}]");

    assertThat(response.at("/tools/0/strict").asBoolean()).isEqualTo(strict);
  }

  /** ComposioHQ/composio#1829 has the place. */
  @Test
  void aStrictFunctionWhoseSchemaCannotBeKeptToIsRefused() {
    Answer refused =
        post(
            """
            {"model":"mini","input":"Hello","tools":[{"type":"function","name":"f","strict":true,
             "parameters":{"type":"object","properties":{}}}]}\
            """);

    assertThat(refused.statusLine()).contains(" 400 ");
    assertThat(json(refused).at("/error/param").asString()).isEqualTo("tools[0].parameters");
    assertThat(json(refused).at("/error/code").asString()).isEqualTo("invalid_function_parameters");
  }

  @Test
  void ofReasoningOnlyTheSummaryThatWasAskedForIsShown() {
    JsonNode response =
        json(
            post("{\"model\":\"five4\",\"input\":\"Hi\",\"reasoning\":{\"summary\":\"concise\"}}"));

    assertThat(response.at("/output/0/type").asString()).isEqualTo("reasoning");
    assertThat(response.at("/output/0/summary/0/text").asString()).startsWith("**");
    assertThat(response.at("/output/0/encrypted_content").isNull()).isTrue();
    assertThat(response.at("/reasoning/summary").asString()).isEqualTo("concise");
    assertThat(response.at("/output/1/phase").asString()).isEqualTo("final_answer");
  }

  @Test
  void aThrottledStreamIsJournalledAsA429WithItsWait() {
    emulator.control().put(DeploymentSpec.standard("small", "gpt-5.4", Limit.of(1)));
    String body = "{\"model\":\"small\",\"input\":\"Hi\",\"stream\":true}";
    assertThat(post(body).body()).contains("event: response.completed");

    Answer throttled = post(body);

    assertThat(throttled.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(throttled.header("x-request-id")).isEqualTo(throttled.header("apim-request-id"));
    JournalEntry entry = emulator.control().journal(JournalQuery.all()).getLast();
    assertThat(entry.status()).isEqualTo(429);
    assertThat(entry.retryAfterMillis()).isPositive();
  }

  @Test
  void aThrottledResponseThatIsNotStreamedIsAPlain429() {
    emulator.control().put(DeploymentSpec.standard("small", "gpt-5.4", Limit.of(1)));
    String body = "{\"model\":\"small\",\"input\":\"Hi\"}";
    assertThat(post(body).statusLine()).contains("200");

    Answer throttled = post(body);

    assertThat(throttled.statusLine()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(message(throttled))
        .contains("This request was for create-response under OpenAI Language Model Instance API");
  }

  @Test
  void callsOfKeptResponsesAreJournalledAndCountedAsTheirOperation() {
    String id = id(create(",\"input\":\"Hello\""));
    assertThat(call("GET " + id).statusLine()).contains("200");

    JournalEntry entry = emulator.control().journal(JournalQuery.all()).getLast();
    assertThat(entry.path()).isEqualTo(PATH + "/" + id);
    assertThat(entry.status()).isEqualTo(200);
    String metrics = emulator.send("GET /metrics HTTP/1.1", "").body();
    assertThat(metrics.lines())
        .anyMatch(line -> line.contains("deployment=\"mini\",operation=\"responses\""))
        .anyMatch(line -> line.contains("deployment=\"none\",operation=\"responses\""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          '"messages":[]', unsupported_parameter, messages
          '"input":"x","max_tokens":5', unsupported_parameter, max_tokens
          '"input":"x","response_format":{}', unsupported_parameter, response_format
          '', missing_required_parameter, input
          '"input":5', invalid_type, input
          '"input":[5]', invalid_type, input[0]
          '"input":[{"type":"thought"}]', invalid_value, input[0].type
          '"input":[{"role":"x","content":"y"}]', invalid_value, input[0].role
          '"input":[{"role":"user","content":[{"type":"text","text":"y"}]}]', invalid_value, 'input[0].content[0].type'
          '"input":[{"role":"user"}]', missing_required_parameter, input[0].content
          '"input":[{"type":"function_call","name":"f"}]', missing_required_parameter, input[0].call_id
          '"input":"x","max_output_tokens":15', integer_below_min_value, max_output_tokens
          '"input":"x","temperature":2.5', decimal_above_max_value, temperature
          '"input":"x","temperature":"hot"', invalid_type, temperature
          '"input":"x","stream":1', invalid_type, stream
          '"input":"x","tools":[{"type":"hammer"}]', invalid_value, tools[0].type
          '"input":"x","tools":[{"type":"function"}]', missing_required_parameter, tools[0].name
          '"input":"x","tool_choice":"maybe"', invalid_value, tool_choice
          '"input":"x","text":{"format":{"type":"xml"}}', invalid_value, text.format.type
          '"input":"x","text":{"format":{"type":"json_schema","name":"n"}}', missing_required_parameter, text.format.schema
          '"input":"x","reasoning":{"effort":"much"}', invalid_value, reasoning.effort
          '"input":"x","background":true,"store":false', invalid_value, background
          '"input":"x","reasoning":{"effort":"low"}', unsupported_parameter, reasoning.effort
          """)
  void whatIsWrongIsNamed(String members, String code, String param) {
    Answer answer = post("{\"model\":\"mini\"" + (members.isEmpty() ? "" : "," + members) + "}");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(json(answer).at("/error/code").asString()).isEqualTo(code);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo(param);
    assertThat(json(answer).at("/error/type").asString()).isEqualTo("invalid_request_error");
  }

  @Test
  void messagesHaveMovedToInput() {
    assertThat(message(post("{\"model\":\"mini\",\"messages\":[]}")))
        .isEqualTo(
            "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to"
                + " 'input'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"temperature", "top_p"})
  void reasoningModelsTakeNoSampling(String parameter) {
    assertThat(message(post("{\"model\":\"five4\",\"input\":\"x\",\"" + parameter + "\":0.5}")))
        .isEqualTo("Unsupported parameter: '" + parameter + "' is not supported with this model.");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          '{"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}', No tool output found for function call call_1.
          '{"type":"function_call_output","call_id":"call_2","output":"5"}', No tool call found for function call output with call_id call_2.
          """)
  void aCallAndItsOutputBelongTogether(String item, String problem) {
    assertThat(message(post("{\"model\":\"mini\",\"input\":[" + item + "]}"))).isEqualTo(problem);
  }

  @Test
  void aCallWithItsOutputIsGoneOnFrom() {
    JsonNode response =
        create(
            """
            ,"input":[{"role":"user","content":"What is 2 + 3?"},
            {"type":"function_call","call_id":"call_1","name":"add","arguments":"{}"},
            {"type":"function_call_output","call_id":"call_1","output":"5"}]\
            """);

    assertThat(text(response)).isNotBlank();
    JsonNode latest = json(call("GET " + id(response) + "/input_items?limit=1"));
    assertThat(latest.at("/data/0/output").asString()).isEqualTo("5");
    assertThat(latest.at("/data/0/id").asString()).matches("fc_[0-9a-f]{50}");
  }

  @Test
  void aPromptAboveTheContextIsRefusedUnlessItMayBeCut() {
    String much = "\"input\":\"" + " go".repeat(129_000) + "\"";
    emulator.control().put(DeploymentSpec.standard("big", "gpt-4o", Limit.UNLIMITED));
    Answer refused = post("{\"model\":\"big\"," + much + "}");

    assertThat(json(refused).at("/error/code").asString()).isEqualTo("context_length_exceeded");
    assertThat(post("{\"model\":\"big\",\"truncation\":\"auto\"," + much + "}").statusLine())
        .contains("200");
  }

  @Test
  void olderModelsHaveNoResponses() {
    Answer answer = post("{\"model\":\"35turbo\",\"input\":\"x\"}");

    assertThat(json(answer).at("/error/code").asString()).isEqualTo("OperationNotSupported");
  }
}

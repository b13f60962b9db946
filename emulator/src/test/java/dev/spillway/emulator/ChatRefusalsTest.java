package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the engine refuses of a chat, in its own words. */
class ChatRefusalsTest {

  private static final String CALL =
      "{'role':'assistant','tool_calls':[{'id':'call_1','type':'function','function':"
          + "{'name':'f','arguments':'{}'}}]}";

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          DeploymentSpec.standard("omni", "gpt-4o", Limit.of(10_000)),
          DeploymentSpec.standard("nano", "gpt-5-nano", Limit.of(10_000)),
          DeploymentSpec.standard("deep", "gpt-5.4", Limit.of(10_000)));

  private RawHttp.Answer chat(String deployment, String body) {
    return emulator.chat(deployment, "2024-10-21", body.replace('\'', '"').replace('`', '\''));
  }

  private String refusal(String deployment, String body) {
    RawHttp.Answer answer = chat(deployment, body);
    assertThat(answer.statusLine()).as(answer.body()).contains("400");
    JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    return error.path("message").asString()
        + " | "
        + error.path("param").asString("null")
        + " | "
        + error.path("code").asString("null");
  }

  private static String more(String more) {
    return "{'messages':[{'role':'user','content':'Hi'}]," + more + "}";
  }

  private static String messages(String messages) {
    return "{'messages':[" + messages + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'tools':[]; Invalid 'tools': empty array. Expected an array with minimum length 1, but got"
            + " an empty array instead. | tools | empty_array",
        "'tools':{}; Invalid type for 'tools': expected an array of objects, but got an object"
            + " instead. | tools | invalid_type",
        "'tools':[{'type':'function'}]; Missing required parameter: 'tools[0].function'. |"
            + " tools[0].function | missing_required_parameter",
        "'tools':[{'type':'x'}]; Invalid value: 'x'. Supported values are: 'function'. |"
            + " tools[0].type | invalid_value",
        "'tools':[{'type':'function','function':{}}]; Missing required parameter:"
            + " 'tools[0].function.name'. | tools[0].function.name | missing_required_parameter",
        "'tools':[{'type':'function','function':{'name':'a b'}}]; Invalid"
            + " 'tools[0].function.name': string does not match pattern. Expected a string that"
            + " matches the pattern '^[a-zA-Z0-9_-]+$'. | tools[0].function.name | invalid_value",
        "'tools':[{'type':'function','function':{'name':'a'}},{'type':'function','function':"
            + "{'name':'a'}}]; Invalid 'tools[1].function.name': tool names must be unique, but 'a'"
            + " is there twice. | tools[1].function.name | invalid_value",
        "'tool_choice':'auto'; Invalid value for 'tool_choice': 'tool_choice' is only allowed when"
            + " 'tools' are specified. | tool_choice | null",
        "'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':'b'; Invalid value:"
            + " 'b'. Supported values are: 'none', 'auto', and 'required'. | tool_choice |"
            + " invalid_value",
        "'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':{'type':'function',"
            + "'function':{'name':'b'}}; Invalid value for 'tool_choice': no function named 'b' was"
            + " specified in the 'tools' parameter. | tool_choice | null",
        "'functions':[{'name':'a'}],'function_call':{'name':'b'}; Invalid value for"
            + " 'function_call': no function named 'b' was specified in the 'functions' parameter. |"
            + " function_call | null",
        "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object'}}}];"
            + " Invalid schema for function 'a': In context=(), object schema missing properties. |"
            + " tools[0].function.parameters | invalid_function_parameters",
        "'tools':[{'type':'function','function':{'name':'a','strict':true,'parameters':"
            + "{'type':'object','properties':{}}}}]; Invalid schema for function 'a': In context=(),"
            + " 'additionalProperties' is required to be supplied and to be false. |"
            + " tools[0].function.parameters | invalid_function_parameters",
        "'response_format':{'type':'json_object'}; 'messages' must contain the word 'json' in some"
            + " form, to use 'response_format' of type 'json_object'. | messages | null",
        "'response_format':{'type':'x'}; Invalid value: 'x'. Supported values are: 'json_object',"
            + " 'json_schema', and 'text'. | response_format.type | invalid_value",
        "'response_format':{'type':'json_schema'}; Missing required parameter:"
            + " 'response_format.json_schema'. | response_format.json_schema |"
            + " missing_required_parameter",
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,"
            + "'schema':{'type':'object','properties':{}}}}; Invalid schema for response_format 'n':"
            + " In context=(), 'additionalProperties' is required to be supplied and to be false. |"
            + " response_format | null",
        "'stop':['a','b','c','d','e']; Invalid 'stop': array too long. Expected an array with"
            + " maximum length 4, but got an array with length 5 instead. | stop |"
            + " array_above_max_length",
        "'top_logprobs':2; The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled."
            + " | top_logprobs | null",
        "'logprobs':true,'top_logprobs':21; 21 is greater than the maximum of 20 - 'top_logprobs' |"
            + " top_logprobs | null",
        "'logprobs':1; 1 is not of type 'boolean' - 'logprobs' | logprobs | null",
        "'prediction':{'type':'x'}; Invalid value: 'x'. Supported values are: 'content'. |"
            + " prediction.type | invalid_value",
        "'reasoning_effort':'low'; Unrecognized request argument supplied: reasoning_effort | null |"
            + " null",
      })
  void aMemberThatIsWrong(String member, String refusal) {
    assertThat(refusal("omni", more(member))).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{'role':'user','content':'x'},{'role':'tool','tool_call_id':'c','content':'x'}; Invalid"
            + " parameter: messages with role 'tool' must be a response to a preceeding message with"
            + " 'tool_calls'. | messages.[1].role | null",
        CALL
            + ",{'role':'user','content':'x'}; An assistant message with 'tool_calls' must be"
            + " followed by tool messages responding to each 'tool_call_id'. The following"
            + " tool_call_ids did not have response messages: call_1 | messages.[1].role | null",
        CALL
            + ",{'role':'tool','tool_call_id':'call_2','content':'x'}; Invalid parameter:"
            + " 'tool_call_id' of 'call_2' not found in 'tool_calls' of previous message. |"
            + " messages.[1].tool_call_id | null",
        "{'role':'user','content':[{'text':'x'}]}; Missing required parameter:"
            + " 'messages[0].content[0].type'. | messages[0].content[0].type |"
            + " missing_required_parameter",
        "{'role':'user','content':[{'type':'video'}]}; Invalid value: 'video'. Supported values"
            + " are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'. |"
            + " messages[0].content[0].type | invalid_value",
        "{'role':'user','content':[{'type':'image_url','image_url':'http://x'}]}; Invalid type for"
            + " 'messages[0].content[0].image_url': expected an object, but got a string instead. |"
            + " messages[0].content[0].image_url | invalid_type",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'x'}}]}; Invalid image"
            + " URL: 'messages[0].content[0].image_url.url'. Expected a valid URL, but got a value"
            + " with an invalid format. | messages[0].content[0].image_url.url | invalid_value",
      })
  void messagesThatAreWrong(String messages, String refusal) {
    assertThat(refusal("omni", messages(messages))).isEqualTo(refusal);
  }

  @Test
  void fiftyPicturesAreTakenAndNotOneMore() {
    assertThat(chat("omni", messages(pictures(50))).statusLine()).contains("200");
    assertThat(refusal("omni", messages(pictures(51))))
        .startsWith("Too many images in request. Max is 50.");
  }

  private static String pictures(int count) {
    String picture = "{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}";
    return "{'role':'user','content':["
        + String.join(",", Collections.nCopies(count, picture))
        + "]}";
  }

  @Test
  void olderModelsSeeNoPictures() {
    assertThat(refusal("35turbo", messages(pictures(1))))
        .isEqualTo(
            "Invalid content type. image_url is only supported by certain models. |"
                + " messages.[0].content.[0].type | null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "nano; none; 'minimal', 'low', 'medium', and 'high'",
        "deep; minimal; 'none', 'low', 'medium', 'high', and 'xhigh'",
      })
  void eachModelKnowsItsEfforts(String deployment, String effort, String known) {
    assertThat(refusal(deployment, more("'reasoning_effort':'" + effort + "'")))
        .isEqualTo(
            "Unsupported value: 'reasoning_effort' does not support '%s' with this model. Supported values are: %s. | reasoning_effort | unsupported_value"
                .formatted(effort, known));
    assertThat(chat(deployment, more("'reasoning_effort':'low'")).statusLine()).contains("200");
  }

  @Test
  void jsonInAnyMessageIsEnough() {
    String body =
        "{'messages':[{'role':'system','content':'Answer in JSON.'},{'role':'user','content':'Hi'}],"
            + "'response_format':{'type':'json_object'}}";

    assertThat(chat("omni", body).statusLine()).contains("200");
  }
}

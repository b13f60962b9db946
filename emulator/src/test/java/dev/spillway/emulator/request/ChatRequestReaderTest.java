package dev.spillway.emulator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {

  private static final String HELLO = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  private static ParsedBody read(String body) {
    return read(body, Roles.SINCE_2025);
  }

  private static ParsedBody read(String body, Roles roles) {
    return ChatRequestReader.read(
        new RequestBody(body.getBytes(StandardCharsets.UTF_8), null), roles);
  }

  private static ChatRequest valid(String body) {
    return (ChatRequest)
        assertThat(read(body)).asInstanceOf(type(ParsedBody.Valid.class)).actual().request();
  }

  private static InvalidRequest refused(String body) {
    return assertThat(read(body)).asInstanceOf(type(ParsedBody.Refused.class)).actual().problem();
  }

  @Test
  void whatIsNotSaidHasItsUsualValue() {
    List<ChatMessage> hello = List.of(new ChatMessage("user", null, "Hello"));

    assertThat(valid(HELLO + "}"))
        .isEqualTo(
            new ChatRequest(
                null, Conversation.of(hello, null), 1, 1, false, false, true, Parameters.NONE));
  }

  @Test
  void everyMemberItKnowsIsRead() {
    String body =
        """
        {"model": "micro", "max_tokens": 7, "n": 2, "best_of": 3, "stream": true,
         "stream_options": {"include_usage": true, "include_obfuscation": false},
         "messages": [{"role": "system", "name": "s", "content": "Hi"}]}
        """;
    List<ChatMessage> messages = List.of(new ChatMessage("system", "s", "Hi"));
    Parameters parameters =
        new Parameters(Map.of("max_tokens", "7", "stream_options.include_usage", "true"));

    assertThat(valid(body))
        .isEqualTo(
            new ChatRequest(
                "micro", Conversation.of(messages, 7), 2, 3, true, true, false, parameters));
  }

  @Test
  void maxCompletionTokensCountsBeforeMaxTokens() {
    assertThat(valid(HELLO + ",\"max_tokens\":7,\"max_completion_tokens\":9}").maxTokens())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"text\"; text",
        "null; ''",
        "[]; ''",
        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]; ab",
        "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com\"}},"
            + "{\"type\":\"text\",\"text\":\"c\"}]; c",
        "[{\"type\":\"refusal\",\"refusal\":\"No.\"}]; No.",
      })
  void contentIsATextOrPartsOrNull(String content, String text) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}";

    assertThat(valid(body).conversation().messages().getFirst().text()).isEqualTo(text);
  }

  @Test
  void aMessageOfToolCallsNeedsNoContent() {
    assertThat(
            valid("{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[]}]}")
                .conversation()
                .messages())
        .containsExactly(new ChatMessage("assistant", null, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"seed\":5,\"verbosity\":\"high\"}",
        ",\"tools\":null,\"something_of_next_year\":{\"a\":[1]}}",
        ",\"n\":null,\"max_tokens\":null,\"stream\":null,\"stream_options\":null}",
        ",\"stream_options\":7}",
      })
  void membersItDoesNotKnowOrThatAreNullAreLeftAlone(String more) {
    assertThat(valid(HELLO + more)).isEqualTo(valid(HELLO + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{]",
        "not json",
        "{\"messages\":[]} trailing",
        "{\"a\":1,}",
        "{\"a\":\"\\u\"}"
      })
  void brokenJsonIsRefused(String body) {
    assertThat(refused(body))
        .isEqualTo(
            new InvalidRequest("We could not parse the JSON body of your request.", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "7", "[]", "\"text\""})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(refused(body))
        .isEqualTo(
            new InvalidRequest("The body of your request must be a JSON object.", null, null));
  }

  @Test
  void messagesAreRequired() {
    assertThat(refused("{}"))
        .isEqualTo(new InvalidRequest("'messages' is a required property", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "null; null is not of type 'array' - 'messages'",
        "\"Hi\"; \"Hi\" is not of type 'array' - 'messages'",
        "[]; [] is too short - 'messages'",
        "[7]; 7 is not of type 'object' - 'messages.0'",
        "[{\"role\":\"user\"},[]]; [] is not of type 'object' - 'messages.1'",
        "[{}]; 'role' is a required property - 'messages.0'",
        "[{\"role\":null}]; 'role' is a required property - 'messages.0'",
        "[{\"role\":\"user\",\"content\":7}];"
            + " 7 is not of type 'string' or 'array' - 'messages.0.content'",
        "[{\"role\":\"user\",\"content\":{\"a\":1}}];"
            + " {\"a\":1} is not of type 'string' or 'array' - 'messages.0.content'",
      })
  void messagesThatCannotBeUsedAreRefused(String messages, String message) {
    assertThat(refused("{\"messages\":" + messages + "}"))
        .isEqualTo(new InvalidRequest(message, "messages", null));
  }

  @Test
  void moreThan2048MessagesAreRefused() {
    String message = "{\"role\":\"user\",\"content\":\"\"}";
    String most = String.join(",", Collections.nCopies(2_048, message));

    assertThat(valid("{\"messages\":[" + most + "]}").conversation().messages()).hasSize(2_048);
    assertThat(refused("{\"messages\":[" + most + "," + message + "]}"))
        .isEqualTo(
            new InvalidRequest(
                "Invalid 'messages': array too long. Expected an array with maximum length 2048,"
                    + " but got an array with length 2049 instead.",
                "messages",
                "array_above_max_length"));
  }

  @Test
  void moreThan128ToolsAreRefused() {
    assertThat(valid(HELLO + tools(128)).conversation().tools()).hasSize(128);
    assertThat(refused(HELLO + tools(129)))
        .isEqualTo(
            new InvalidRequest(
                "Invalid 'tools': array too long. Expected an array with maximum length 128, but"
                    + " got an array with length 129 instead.",
                "tools",
                "array_above_max_length"));
  }

  private static String tools(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"type\":\"function\",\"function\":{\"name\":\"t" + i + "\"}}")
        .collect(Collectors.joining(",", ",\"tools\":[", "]}"));
  }

  @Test
  void aMessageOfMoreThan1048576CharactersIsRefused() {
    String most = "a".repeat(1_048_576);
    String second = "{\"messages\":[{\"role\":\"user\"},{\"role\":\"user\",\"content\":\"%s\"}]}";

    assertThat(valid(second.formatted(most)).promptCharacters()).isEqualTo(1_048_576);
    assertThat(refused(second.formatted(most + "a")))
        .isEqualTo(
            new InvalidRequest(
                "Invalid 'messages[1].content': string too long. Expected a string with maximum"
                    + " length 1048576, but got a string with length 1048577 instead.",
                "messages[1].content",
                "string_above_max_length"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "UNTIL_2023; tool; ; ;"
            + " 'tool' is not one of ['system', 'assistant', 'user', 'function'] -"
            + " 'messages.0.role'",
        "IN_2024; developer; ; ;"
            + " 'developer' is not one of ['system', 'assistant', 'user', 'function', 'tool'] -"
            + " 'messages.0.role'",
        "SINCE_2025; x; messages[0].role; invalid_value;"
            + " Invalid value: 'x'. Supported values are: 'system', 'assistant', 'user',"
            + " 'function', 'tool', and 'developer'.",
      })
  void aRoleThatIsNotKnownIsRefusedInTheWordsOfItsYear(
      Roles roles, String role, @Nullable String param, @Nullable String code, String message) {
    String body = "{\"messages\":[{\"role\":\"" + role + "\"}]}";

    assertThat(read(body, roles))
        .isEqualTo(new ParsedBody.Refused(new InvalidRequest(message, param, code)));
  }

  @ParameterizedTest
  @EnumSource
  void everyYearKnowsTheUsualRoles(Roles roles) {
    for (String role : List.of("system", "assistant", "user", "function")) {
      String body = "{\"messages\":[{\"role\":\"" + role + "\"}]}";
      assertThat(read(body, roles)).isInstanceOf(ParsedBody.Valid.class);
    }
  }

  @Test
  void parametersThatOnlySomeTakeAreKeptAsTheyStand() {
    String more =
        ",\"temperature\":0.20,\"logit_bias\":{\"5\":1},\"store\":null,\"seed\":7,"
            + "\"response_format\":{\"type\":\"text\"},\"reasoning_effort\":\"low\"}";

    assertThat(valid(HELLO + more).parameters().given())
        .containsExactly(
            Map.entry("temperature", "0.2"),
            Map.entry("logit_bias", "{\"5\":1}"),
            Map.entry("response_format.type", "\"text\""),
            Map.entry("reasoning_effort", "\"low\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "n; 129; 129 is greater than the maximum of 128 - 'n'",
        "n; 0; 0 is less than the minimum of 1 - 'n'",
        "n; 1.5; 1.5 is not of type 'integer' - 'n'",
        "best_of; -1; -1 is less than the minimum of 1 - 'best_of'",
        "max_tokens; 0; 0 is less than the minimum of 1 - 'max_tokens'",
        "max_tokens; \"7\"; \"7\" is not of type 'integer' - 'max_tokens'",
        "max_tokens; 99999999999; 99999999999 is not of type 'integer' - 'max_tokens'",
        "max_completion_tokens; true; true is not of type 'integer' - 'max_completion_tokens'",
        "stream; \"yes\"; \"yes\" is not of type 'boolean' - 'stream'",
        "stream; 1; 1 is not of type 'boolean' - 'stream'",
      })
  void aMemberOfTheWrongKindIsRefusedByName(String member, String value, String message) {
    assertThat(refused(HELLO + ",\"" + member + "\":" + value + "}"))
        .isEqualTo(new InvalidRequest(message, member, null));
  }
}

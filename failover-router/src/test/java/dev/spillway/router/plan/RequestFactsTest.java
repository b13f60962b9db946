package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.plan.RequestFacts.AnswerFormat;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactsTest {

  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  private static final String WHOLE_CHAT =
      """
      {"model":"m","stream":true,"n":3,"max_tokens":100,"tools":[{"type":"function",
       "function":{"name":"f","parameters":{"text":"not a prompt","content":"nor this"}}}],
       "response_format":{"json_schema":{"type":"text"},"type":"json_schema"},
       "messages":[
        {"role":"system","name":"boss","content":"12345"},
        {"content":[{"text":"678","type":"text"},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}],"role":"user"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"1","content":"90"},
        {"role":"assistant","content":[{"type":"refusal","refusal":"no"}]}]}
      """;

  @Test
  void ofAChatOnlyTextsOfMessagesCountWhateverTheOrderOfMembers() {
    RequestFacts facts = chat(WHOLE_CHAT);

    assertThat(facts)
        .isEqualTo(
            new RequestFacts(
                Optional.of(Operation.CHAT_COMPLETIONS),
                12,
                100L,
                1,
                3,
                1,
                true,
                true,
                true,
                AnswerFormat.JSON_SCHEMA,
                5));
  }

  @Test
  void charactersAreThoseOfTheTextAndNotItsBytesOrEscapes() {
    assertThat(chat("{\"messages\":[{\"content\":\"ä\\u00e4\\n€\"}]}").promptCharacters())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'max_tokens': 7                                    | 7",
        "'max_tokens': 7, 'max_completion_tokens': 9        | 9",
        "'max_completion_tokens': 9, 'max_tokens': 7        | 9",
        "'max_completion_tokens': null, 'max_tokens': 7     | 7",
        "'max_output_tokens': 5                             | 5",
        "'max_tokens': -1                                   | 0",
        "'max_tokens': 99999999999999999999999              |  ",
        "'max_tokens': 1e3                                  |  ",
        "'max_tokens': {'max_tokens': 4}                    |  ",
        "'stop': ['max_tokens']                             |  ",
      })
  void theLongestAnswerIsTheOneThatTheServiceReads(String members, Long tokens) {
    assertThat(chat("{" + members.replace('\'', '"') + "}").maxTokens()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COMPLETIONS | 'prompt': 'abcd'                          | 4  | 1",
        "COMPLETIONS | 'prompt': ['abcd', 'e']                   | 5  | 2",
        "COMPLETIONS | 'prompt': [1, 2, 3]                       | 12 | 1",
        "EMBEDDINGS  | 'input': [[1, 2, 3], [4]]                 | 16 | 2",
        "EMBEDDINGS  | 'input': ['abc']                          | 3  | 1",
        "RESPONSES   | 'input': 'abc', 'instructions': 'de'      | 5  | 1",
        "RESPONSES   | 'input': [{'content': 'abc'}, {'type': 'function_call_output', 'output': 'd'}] | 4 | 1",
        "RESPONSES   | 'input': [{'content': [{'type': 'input_text', 'text': 'ab'}]}] | 2 | 1",
        "RESPONSES   | 'prompt': {'id': 'pmpt_1', 'text': 'abc'} | 0  | 1",
      })
  void eachOperationHasItsOwnPrompt(
      Operation operation, String members, long characters, int prompts) {
    RequestFacts facts = read(operation, "{" + members.replace('\'', '"') + "}");

    assertThat(facts.promptCharacters()).isEqualTo(characters);
    assertThat(facts.prompts()).isEqualTo(prompts);
  }

  @Test
  void aResponseNamesItsFormatAndPicturesInItsOwnWay() {
    RequestFacts facts =
        read(
            Operation.RESPONSES,
            """
            {"text":{"verbosity":"low","format":{"type":"json_object"}},
             "input":[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}]}
            """);

    assertThat(facts.format()).isEqualTo(AnswerFormat.JSON_OBJECT);
    assertThat(facts.images()).isTrue();
    assertThat(facts.messages()).isEqualTo(1);
  }

  @Test
  void anEmptyListOfToolsIsNone() {
    assertThat(chat("{\"tools\":[]}").tools()).isFalse();
    assertThat(chat("{\"functions\":[{}]}").tools()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "--boundary\r\nContent-Disposition: form-data",
        "{\"messages\":[{\"content\":\"abc\"}]",
        "{\"messages\":[{\"content\":\"abc\"}]} x",
        "{\"messages\":[{\"content\":\"abc\"}",
        "{\"messages\":\"\\ud800",
      })
  void aBodyThatIsNoJsonObjectHasNoFacts(String body) {
    assertThat(chat(body)).isEqualTo(RequestFacts.none(Optional.of(Operation.CHAT_COMPLETIONS)));
  }

  @Test
  void nestingWithoutEndHasNoFacts() {
    assertThat(chat("{\"prompt\":" + "[".repeat(100_000)))
        .isEqualTo(RequestFacts.none(Optional.of(Operation.CHAT_COMPLETIONS)));
  }

  /** Each byte of a good body is changed or the rest is cut off, as the seed has it. */
  @Test
  void noBrokenBodyEverThrows() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] body = WHOLE_CHAT.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextBoolean() ? body.length : random.nextInt(body.length);

      RequestFacts facts =
          new LazyFacts(
                  Optional.of(OPERATIONS.get(random.nextInt(OPERATIONS.size()))),
                  () -> new ByteArrayInputStream(body, 0, length))
              .get();

      assertThat(facts.promptCharacters()).as("seed %s", seed).isBetween(0L, (long) length);
    }
  }

  @Test
  void theBodyIsReadOnceAndOnlyWhenSomebodyAsks() {
    AtomicInteger opened = new AtomicInteger();
    LazyFacts facts =
        new LazyFacts(
            Optional.empty(),
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
            });
    assertThat(opened).hasValue(0);

    facts.get();
    assertThat(facts.get()).isSameAs(facts.get());

    assertThat(opened).hasValue(1);
  }

  @Test
  void aBodyThatCannotBeOpenedHasNoFacts() {
    LazyFacts facts =
        new LazyFacts(
            Optional.empty(),
            () -> {
              throw new IOException("the file is gone");
            });

    assertThat(facts.get()).isEqualTo(RequestFacts.none(Optional.empty()));
  }

  private static RequestFacts chat(String body) {
    return read(Operation.CHAT_COMPLETIONS, body);
  }

  private static RequestFacts read(Operation operation, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new LazyFacts(Optional.of(operation), () -> new ByteArrayInputStream(bytes)).get();
  }
}

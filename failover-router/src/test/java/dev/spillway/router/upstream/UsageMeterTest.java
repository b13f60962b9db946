package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.trace.Usage;
import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageMeterTest {

  private static final String CHAT =
      """
      data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

      data: {"choices":[{"delta":{"content":"Gr\u00fc\\u00dfe, \\"usage\\":{\\"prompt_tokens\\":9}"}}],"usage":null}

      data: {"choices":[],"usage":{"prompt_tokens":160,"completion_tokens":12,\
      "prompt_tokens_details":{"cached_tokens":128},"completion_tokens_details":{"reasoning_tokens":4},"total_tokens":172}}

      data: [DONE]

      """;

  private static final String RESPONSE =
      """
      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"abcd"}

      event: response.output_text.done
      data: {"type":"response.output_text.done","text":"abcd"}

      event: response.completed
      data: {"type":"response.completed","response":{"output":[{"content":[{"text":"abcd"}]}],\
      "usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":0},"output_tokens":3,"total_tokens":10}}}

      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void theUsageOfAStreamIsReadHoweverItIsCut(int pieces) {
    assertThat(heard(Operation.CHAT_COMPLETIONS, CHAT, pieces).usage())
        .isEqualTo(new Usage(160, 12, 128));
    assertThat(heard(Operation.RESPONSES, RESPONSE, pieces).usage()).isEqualTo(new Usage(7, 3, 0));
  }

  @Test
  void theTextThatHasComeIsCountedByCharactersAndOnce() {
    String text = "Gr\u00fc\u00dfe, \"usage\":{\"prompt_tokens\":9}";

    assertThat(heard(Operation.CHAT_COMPLETIONS, CHAT, 5).characters()).isEqualTo(text.length());
    assertThat(heard(Operation.RESPONSES, RESPONSE, 5).characters()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"choices\":[{\"text\":\"abc\"}]}",
        "{\"usage\":null}",
        "{\"usage\":\"none\"}",
        "{\"usage\":{\"type\":\"duration\",\"seconds\":3}}",
        "{\"usage\":{\"prompt_tokens\":\"many\"}}",
        "{\"usage\":{\"prompt_tokens\":1",
        "{\"a\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":1}\"}",
        ": usage:{\"prompt_tokens\":1}",
        "\"",
      })
  void whatIsNoUsageIsNone(String bytes) {
    assertThat(heard(Operation.COMPLETIONS, bytes, 3).usage()).isNull();
  }

  /** A stray quotation mark in one line does not turn the next ones inside out. */
  @Test
  void aLineEndBeginsAnew() {
    assertThat(heard(Operation.CHAT_COMPLETIONS, ": it's \"\n\n" + CHAT, 9).usage())
        .isEqualTo(new Usage(160, 12, 128));
  }

  @Test
  void anEndlessUsageIsGivenUp() {
    String endless = "{\"usage\":{\"x\":\"" + "y".repeat(100_000) + "\",\"prompt_tokens\":1}}\n";

    assertThat(heard(Operation.CHAT_COMPLETIONS, endless + CHAT, 1_000).usage())
        .isEqualTo(new Usage(160, 12, 128));
  }

  private static Heard heard(Operation operation, String stream, int pieces) {
    UsageMeter meter = UsageMeter.of(Optional.of(operation));
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += pieces) {
      byte[] piece = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieces));
      meter.feed(piece, piece.length);
    }
    return meter.heard();
  }
}

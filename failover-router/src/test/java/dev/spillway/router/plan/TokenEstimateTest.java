package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT_COMPLETIONS | {\"messages\": [{\"role\": \"user\", \"content\": \"12345\"}]} | 2 | 18",
        "CHAT_COMPLETIONS | {\"messages\": [{\"role\": \"user\", \"content\": \"12345\"}], \"max_tokens\": 100, \"n\": 3} | 2 | 302",
        "COMPLETIONS | {\"prompt\": [\"1234\", \"5678\"], \"max_tokens\": 10, \"best_of\": 2} | 2 | 42",
        "RESPONSES | {\"input\": \"12345678\", \"max_output_tokens\": 50} | 2 | 52",
        "EMBEDDINGS | {\"input\": \"12345678\"} | 2 | 2",
        "CHAT_COMPLETIONS | {\"max_tokens\": 9223372036854775807, \"n\": 1000000} | 0 | 1000000000000",
        "CHAT_COMPLETIONS | no JSON | 0 | 16",
      })
  void isWhatTheServiceReckonsWith(Operation operation, String body, long prompt, long whole) {
    RequestFacts facts =
        FactsReader.read(
            Optional.of(operation),
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(TokenEstimate.ofPrompt(facts)).isEqualTo(prompt);
    assertThat(TokenEstimate.of(facts)).isEqualTo(whole);
  }
}

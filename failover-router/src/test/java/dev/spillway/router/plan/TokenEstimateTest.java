package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT_COMPLETIONS  | {'messages': [{'content': '12345'}]}                            | 2 | 18",
        "CHAT_COMPLETIONS  | {'messages': [{'content': '12345'}], 'max_tokens': 100}         | 2 | 102",
        "CHAT_COMPLETIONS  | {'messages': [{'content': '12345'}], 'max_tokens': 100, 'n': 3} | 2 | 306",
        "CHAT_COMPLETIONS  | {'max_tokens': 9223372036854775807, 'n': 1000000}               | 0 | 10000000000000",
        "CHAT_COMPLETIONS  | no JSON                                                         | 0 | 16",
        "COMPLETIONS       | {'prompt': ['1234', '1234'], 'max_tokens': 10, 'best_of': 2}    | 2 | 44",
        "COMPLETIONS       | {'prompt': ['1234', '1234']}                                    | 2 | 34",
        "EMBEDDINGS        | {'input': ['1234', '12345']}                                    | 3 | 3",
        "RESPONSES         | {'input': '1234', 'max_output_tokens': 50, 'n': 4}              | 1 | 51",
        "IMAGE_GENERATIONS | {'prompt': 'a cat', 'n': 4}                                     | 2 | 0",
      })
  void isWhatTheServiceReckonsWith(Operation operation, String body, long prompt, long tokens) {
    RequestFacts facts = facts(Optional.of(operation), body);

    assertThat(TokenEstimate.ofPrompt(facts)).isEqualTo(prompt);
    assertThat(TokenEstimate.of(facts).tokens()).isEqualTo(tokens);
  }

  @Test
  void aProvisionedDeploymentWeighsTheAnswer() {
    String body = "{'messages': [{'content': '1234'}], 'n': 2";

    assertThat(chat(body + "}").weighted(4)).isEqualTo(1 + 4 * 640 * 2);
    assertThat(chat(body + ", 'max_tokens': 10}").weighted(4)).isEqualTo(1 + 4 * 10 * 2);
  }

  @Test
  void anUnknownOperationCostsNoTokens() {
    assertThat(TokenEstimate.of(facts(Optional.empty(), "{'prompt': '1234'}")).tokens()).isZero();
  }

  @Test
  void theLongestAnswersTogetherAreKnownWhereOneIs() {
    Optional<Operation> legacy = Optional.of(Operation.COMPLETIONS);
    String two = "{'prompt': ['1', '2'], 'n': 3";

    assertThat(TokenEstimate.ofAnswersAtMost(facts(legacy, two + "}"))).isNull();
    assertThat(TokenEstimate.ofAnswersAtMost(facts(legacy, two + ", 'max_tokens': 10}")))
        .isEqualTo(60);
  }

  @Test
  void nothingThatACallerWritesMakesItNegative() {
    TokenEstimate huge = new TokenEstimate(1L << 40, 1L << 60, 1_000_000);
    RequestFacts facts =
        facts(
            Optional.of(Operation.CHAT_COMPLETIONS),
            "{'max_tokens': 9223372036854775807, 'n': 1000000}");

    assertThat(huge.tokens()).isEqualTo(10_000_000_000_000L);
    assertThat(huge.weighted(8)).isEqualTo(10_000_000_000_000L);
    assertThat(TokenEstimate.ofAnswersAtMost(facts)).isEqualTo(10_000_000_000_000L);
  }

  private static TokenEstimate chat(String body) {
    return TokenEstimate.of(facts(Optional.of(Operation.CHAT_COMPLETIONS), body));
  }

  private static RequestFacts facts(Optional<Operation> operation, String body) {
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return FactsReader.read(operation, new ByteArrayInputStream(json));
  }
}

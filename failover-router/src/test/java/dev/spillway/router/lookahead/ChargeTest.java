package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.plan.LazyFacts;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT_COMPLETIONS  | 'messages': [{'content': '12345'}]                             | 18",
        "CHAT_COMPLETIONS  | 'messages': [{'content': '12345'}], 'max_tokens': 100          | 102",
        "CHAT_COMPLETIONS  | 'messages': [{'content': '12345'}], 'max_tokens': 100, 'n': 3  | 306",
        "CHAT_COMPLETIONS  | 'max_tokens': 9223372036854775807, 'n': 1000000                | 10000000000000",
        "COMPLETIONS       | 'prompt': ['1234', '1234'], 'max_tokens': 10, 'best_of': 2     | 44",
        "COMPLETIONS       | 'prompt': ['1234', '1234']                                     | 34",
        "EMBEDDINGS        | 'input': ['1234', '12345']                                     | 3",
        "RESPONSES         | 'input': '1234', 'max_output_tokens': 50, 'n': 4               | 51",
        "IMAGE_GENERATIONS | 'prompt': 'a cat', 'n': 4                                      | 0",
      })
  void aStandardDeploymentChargesWhatIsDocumented(Operation operation, String body, long tokens) {
    assertThat(charge(operation, body).tokens()).isEqualTo(tokens);
  }

  @Test
  void aProvisionedOneWeighsTheAnswer() {
    String body = "'messages': [{'content': '1234'}], 'n': 2";

    assertThat(charge(Operation.CHAT_COMPLETIONS, body).weighted(4)).isEqualTo(1 + 4 * 640 * 2);
    assertThat(charge(Operation.CHAT_COMPLETIONS, body + ", 'max_tokens': 10").weighted(4))
        .isEqualTo(1 + 4 * 10 * 2);
  }

  @Test
  void anUnknownOperationCostsNoTokens() {
    LazyFacts facts =
        new LazyFacts(Optional.empty(), () -> new ByteArrayInputStream("{}".getBytes(UTF_8)));

    assertThat(Charge.of(facts.get()).tokens()).isZero();
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static Charge charge(Operation operation, String members) {
    byte[] body = ("{" + members.replace('\'', '"') + "}").getBytes(UTF_8);
    return Charge.of(
        new LazyFacts(Optional.of(operation), () -> new ByteArrayInputStream(body)).get());
  }
}

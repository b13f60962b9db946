package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.EmbeddingsRequest;
import dev.spillway.emulator.request.PromptInput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeRuleTest {

  @ParameterizedTest
  @CsvSource({
    // table, class, characters of each message, max_tokens, n, charge
    "UNTIL_2024, OLDER_CHAT, 34, , 1, 16",
    "UNTIL_2024, OLDER_CHAT, 50+60+61+62, , 1, 16",
    "UNTIL_2024, OLDER_CHAT, 34, , 2, 32",
    "UNTIL_2024, OLDER_CHAT, 34, 100, 1, 100",
    "UNTIL_2024, CHAT, 67, , 1, 657",
    "UNTIL_2024, CHAT, 50+60+61+62, , 1, 701",
    "UNTIL_2024, CHAT, 40+62, , 1, 667",
    "UNTIL_2024, CHAT, 40+30+0+60+14, , 1, 679",
    "UNTIL_2024, CHAT, 67, , 2, 1314",
    "UNTIL_2024, CHAT, 67, 100, 1, 117",
    "SINCE_2026, CHAT, 34, , 1, 14",
  })
  void measuredChargesAreThoseOfRealHeaders(
      LimitTable table,
      ModelClass modelClass,
      String characters,
      @Nullable Integer maxTokens,
      int choices,
      long charge) {
    int[] each = Arrays.stream(characters.split("\\+")).mapToInt(Integer::parseInt).toArray();

    assertThat(
            table
                .of(modelClass)
                .charge(ChargeBy.MEASURED)
                .tokens(Chats.of(maxTokens, choices, 1, each)))
        .isEqualTo(charge);
  }

  @ParameterizedTest
  @CsvSource({
    // characters of each input, charge
    "34, 9",
    "21, 6",
    "34+21, 15",
    "1+1+1, 3",
  })
  void theChargeOfVectorsIsThatOfTheirInputsInEveryYear(String characters, long charge) {
    EmbeddingsRequest request = new EmbeddingsRequest(null, inputs(characters), false, null);

    for (LimitTable table : LimitTable.values()) {
      assertThat(table.of(ModelClass.EMBEDDINGS).charge(ChargeBy.MEASURED).tokens(request))
          .isEqualTo(charge);
    }
  }

  private static List<PromptInput> inputs(String characters) {
    return Arrays.stream(characters.split("\\+"))
        .<PromptInput>map(count -> new PromptInput.Text("a".repeat(Integer.parseInt(count))))
        .toList();
  }

  @Test
  void tokensThatAreGivenAreChargedAsTheyAreAndNoAnswerIsExpected() {
    List<PromptInput> tokens = List.of(new PromptInput.Tokens(new int[] {1, 2, 3}));
    EmbeddingsRequest request = new EmbeddingsRequest(null, tokens, false, null);

    assertThat(ChargeRule.INPUTS.tokens(request)).isEqualTo(3);
    assertThat(ChargeRule.DOCUMENTED.tokens(request)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    // characters, max_tokens, n, best_of, charge
    "34, , 1, 1, 25",
    "36, , 1, 1, 25",
    "37, , 1, 1, 26",
    "34, 100, 1, 1, 109",
    "34, 100, 2, 1, 218",
    "34, 100, 2, 3, 327",
    "0, , 1, 1, 16",
    "34, 2147483647, 128, 1, 274877907968",
  })
  void documentedChargesFollowTheFormula(
      int characters, @Nullable Integer maxTokens, int choices, int bestOf, long charge) {
    assertThat(ChargeRule.DOCUMENTED.tokens(Chats.of(maxTokens, choices, bestOf, characters)))
        .isEqualTo(charge);
  }

  @ParameterizedTest
  @CsvSource({
    "UNTIL_2024, OLDER_CHAT",
    "UNTIL_2024, CHAT",
    "SINCE_2026, CHAT",
    "SINCE_2026, REASONING",
    "SINCE_2026, EMBEDDINGS"
  })
  void theDocumentedRuleIsTheSameForEveryModelAndYear(LimitTable table, ModelClass modelClass) {
    assertThat(table.of(modelClass).charge(ChargeBy.DOCUMENTED)).isSameAs(ChargeRule.DOCUMENTED);
  }
}

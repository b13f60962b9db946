package dev.spillway.emulator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the usage of real answers; the texts are others with as many tokens. */
class PromptTokensTest {

  private static final Tokenizers TOKENIZERS = new Tokenizers();
  private static final String O200K = "o200k_base";

  /** Every " a" is one token in both vocabularies. */
  private static ChatMessage message(String role, int tokens) {
    return new ChatMessage(role, null, "a" + " a".repeat(tokens - 1));
  }

  private static int count(ModelClass modelClass, String encoding, ChatMessage... messages) {
    return PromptTokens.ofTexts(
        Conversation.of(List.of(messages), null), modelClass, TOKENIZERS.of(encoding));
  }

  @ParameterizedTest
  @CsvSource({
    "OLDER_CHAT, cl100k_base, 8, 15",
    "OLDER_CHAT, cl100k_base, 17, 24",
    "CHAT, o200k_base, 5, 12",
    "CHAT, o200k_base, 9, 16",
    "CHAT, o200k_base, 17, 24",
    "REASONING, o200k_base, 5, 11",
    "REASONING, o200k_base, 37, 43",
  })
  void oneUserMessageIsBilledAsInCaptures(
      ModelClass modelClass, String encoding, int contentTokens, int promptTokens) {
    assertThat(count(modelClass, encoding, message("user", contentTokens))).isEqualTo(promptTokens);
  }

  @Test
  void aReasoningModelsConversationsAreBilledAsInCaptures() {
    assertThat(count(ModelClass.REASONING, O200K, message("system", 6), message("user", 3)))
        .isEqualTo(19);
    assertThat(
            count(
                ModelClass.REASONING,
                O200K,
                message("user", 10),
                message("assistant", 21),
                message("user", 10)))
        .isEqualTo(57);
  }

  @Test
  void aNameCostsItsTokensAndOne() {
    ChatMessage plain = new ChatMessage("user", null, "Hello");
    ChatMessage named = new ChatMessage("user", "Alice", "Hello");

    assertThat(count(ModelClass.CHAT, O200K, named))
        .isEqualTo(count(ModelClass.CHAT, O200K, plain) + TOKENIZERS.of(O200K).count("Alice") + 1);
  }

  @ParameterizedTest
  @EnumSource
  void specialTokensInAPromptAreOrdinaryText(ModelClass modelClass) {
    ChatMessage hostile = new ChatMessage("user", null, "<|endoftext|><|im_start|>");

    assertThat(count(modelClass, "cl100k_base", hostile)).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\ud800", "\udc00\ud800", "\u0000", "\uffff", "👩‍👩‍👧", "\r\n\t", "مرحبا"})
  void anyTextCanBeCounted(String text) {
    for (String encoding : List.of("cl100k_base", O200K)) {
      assertThat(TOKENIZERS.of(encoding).count(text)).isBetween(0, 40);
    }
  }
}

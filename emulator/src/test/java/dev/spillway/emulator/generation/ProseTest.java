package dev.spillway.emulator.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {

  private static final Tokenizers TOKENIZERS = new Tokenizers();
  private static final Prose PROSE = new Prose(TOKENIZERS);
  private static final ModelCatalog CATALOG = ModelCatalog.bundled();

  private static Draft write(String model, @Nullable Integer maxTokens, long seed) {
    List<ChatMessage> hello = List.of(new ChatMessage("user", null, "Hello"));
    return PROSE.write(
        Conversation.of(hello, maxTokens), CATALOG.find(model), new SplittableRandom(seed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-35-turbo", "gpt-4o"})
  void theTokensOfATextAreThoseItWasWrittenWith(String model) {
    Tokenizer tokenizer = TOKENIZERS.of(CATALOG.find(model).encoding());
    for (long seed = 0; seed < 300; seed++) {
      Draft draft = write(model, null, seed);
      assertThat(tokenizer.count(draft.text()))
          .as("seed %d", seed)
          .isEqualTo(draft.tokens().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-35-turbo", "gpt-4o"})
  void thatHoldsForATextThatIsCutAsWell(String model) {
    Tokenizer tokenizer = TOKENIZERS.of(CATALOG.find(model).encoding());
    for (long seed = 0; seed < 300; seed++) {
      Draft draft = write(model, 1 + (int) (seed % 40), seed);
      assertThat(tokenizer.count(draft.text()))
          .as("seed %d: %s", seed, draft.text())
          .isEqualTo(draft.tokens().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-35-turbo", "gpt-4.1-mini", "gpt-5.4"})
  void noTextIsLongerThanAllowedAndOneThatIsCutIsExactlyAsLong(String model) {
    ModelProfile profile = CATALOG.find(model);
    for (long seed = 0; seed < 300; seed++) {
      int allowed = profile.completionOverhead() + 1 + (int) (seed % 60);
      Draft draft = write(model, allowed, seed);
      int billed = draft.tokens().size() + profile.completionOverhead();
      switch (draft.finishReason()) {
        case STOP -> assertThat(billed).as("seed %d", seed).isLessThanOrEqualTo(allowed);
        case LENGTH -> assertThat(billed).as("seed %d", seed).isEqualTo(allowed);
        case CONTENT_FILTER, TOOL_CALLS, FUNCTION_CALL ->
            fail("seed %d: ends by %s", seed, draft.finishReason());
      }
    }
  }

  @Test
  void anAnswerEndsWithASentenceOrIsCut() {
    for (long seed = 0; seed < 300; seed++) {
      Draft draft = write("gpt-4o", 50, seed);
      assertThat(draft.finishReason() == FinishReason.LENGTH || draft.text().endsWith("."))
          .as("seed %d: %s", seed, draft.text())
          .isTrue();
    }
  }

  @Test
  void bothEndsOccur() {
    assertThat(LongStream.range(0, 50).mapToObj(seed -> write("gpt-4o", 50, seed).finishReason()))
        .contains(FinishReason.STOP, FinishReason.LENGTH);
  }

  @Test
  void theSameSeedWritesTheSameText() {
    assertThat(write("gpt-4o", null, 7)).isEqualTo(write("gpt-4o", null, 7));
    assertThat(write("gpt-4o", null, 7)).isNotEqualTo(write("gpt-4o", null, 8));
  }

  @Test
  void withoutAnAllowanceAnAnswerIsAsLongAsUsual() {
    for (long seed = 0; seed < 300; seed++) {
      assertThat(write("gpt-4o", null, seed).tokens()).hasSizeBetween(80, 230);
    }
  }

  @Test
  void aHugeAllowanceDoesNotMakeAHugeAnswer() {
    assertThat(write("gpt-4.1", Integer.MAX_VALUE, 1).tokens()).hasSizeLessThan(500);
  }
}

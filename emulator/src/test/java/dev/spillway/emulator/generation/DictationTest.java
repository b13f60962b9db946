package dev.spillway.emulator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.generation.Dictation.Words;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.ResponseFormat;
import dev.spillway.emulator.request.ToolChoice;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DictationTest {

  private static final Tokenizers TOKENIZERS = new Tokenizers();
  private static final Dictation DICTATION = new Dictation(TOKENIZERS);
  private static final ModelProfile MODEL = ModelCatalog.bundled().find("gpt-4o");

  private static Conversation conversation(@Nullable Integer maxTokens, String... stop) {
    return new Conversation(
        List.of(new ChatMessage("user", null, "hello")),
        List.of(),
        new ToolChoice.Auto(),
        true,
        new ResponseFormat.Text(),
        List.of(stop),
        maxTokens);
  }

  private static Draft draft(Words words, @Nullable Integer maxTokens, String... stop) {
    return DICTATION.draft(words, conversation(maxTokens, stop), MODEL);
  }

  private static Words calling(int reasoning, String... arguments) {
    List<Words.Call> calls =
        List.of(arguments).stream().map(json -> new Words.Call("f", json)).toList();
    return new Words(reasoning, "", null, calls, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Hello, world!", "", "naïve 🙂👩‍👩‍👧 日本語", "<|endoftext|>", "\uFFFD?", "𒀀𒁀"})
  void aTextComesWholeAndCostsTheTokensItHas(String text) {
    Draft draft = draft(Words.text(text), null);

    assertThat(draft.text()).isEqualTo(text);
    assertThat(draft.completionTokens()).isEqualTo(TOKENIZERS.of(MODEL.encoding()).count(text));
    assertThat(draft.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void aTextIsCutWhereTheAllowanceEnds() {
    assertThat(draft(Words.text("one two three four"), 2))
        .isEqualTo(Draft.text(List.of("one", " two"), FinishReason.LENGTH));
    assertThat(draft(Words.text("one two"), 2).finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void aStopTextEndsIt() {
    assertThat(draft(Words.text("one two three"), null, "x", " three", "two"))
        .isEqualTo(Draft.text(List.of("one", " "), FinishReason.STOP));
  }

  @Test
  void nothingIsCalledAfterAStopText() {
    Words words = new Words(0, "one two", null, List.of(new Words.Call("f", "{}")), null);

    assertThat(draft(words, null, " two").calls()).isEmpty();
  }

  @Test
  void piecesComeAsTheyAreAndEachIsCountedByItself() {
    List<String> pieces = List.of("one two", " three");
    Draft draft = draft(new Words(0, "one two three", pieces, List.of(), null), null);

    assertThat(draft.tokens()).containsExactly("", "one two", " three");
  }

  @Test
  void piecesAreCutAsTheTextIs() {
    List<String> pieces = List.of("one two three", " four");
    Words words = new Words(0, "one two three four", pieces, List.of(), null);

    assertThat(draft(words, 2)).isEqualTo(Draft.text(List.of("", "one two"), FinishReason.LENGTH));
    assertThat(draft(words, null, " three").text()).isEqualTo("one two");
  }

  @Test
  void callsOfToolsEndTheAnswer() {
    Draft draft = draft(calling(0, "{\"a\":1}", "{}"), null);

    assertThat(draft.calls()).extracting(DraftedCall::json).containsExactly("{\"a\":1}", "{}");
    assertThat(draft.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void argumentsAreCutAsTheTextIs() {
    Draft draft = draft(calling(0, "{\"a\":1}", "{}"), 2);

    assertThat(draft.calls()).hasSize(1);
    assertThat(draft.completionTokens()).isEqualTo(2);
    assertThat(draft.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void reasoningMayLeaveNoRoomForAnAnswer() {
    Draft draft = draft(calling(9, "{}"), 5);

    assertThat(draft).isEqualTo(new Draft(5, List.of(), List.of(), FinishReason.LENGTH));
  }

  @Test
  void anotherEndingIsTakenAsItIsToldUnlessTheAnswerIsCut() {
    Words words = new Words(0, "one two", null, List.of(), FinishReason.TOOL_CALLS);

    assertThat(draft(words, null).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(draft(words, 1).finishReason()).isEqualTo(FinishReason.LENGTH);
  }
}

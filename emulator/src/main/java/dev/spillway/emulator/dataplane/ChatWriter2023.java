package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.request.ChatRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The answers of 2023: members in OpenAI's order, and few of them. */
final class ChatWriter2023 implements ChatChunks {

  private static final FilterAnnotations FILTER = FilterAnnotations.UNTIL_2024;

  private final Exchange exchange;
  private final TextAnswer answer;
  private final boolean annotated;
  private final String id;
  private final ToolCallJson calls;

  ChatWriter2023(Exchange exchange, ChatRequest request, TextAnswer answer) {
    this.exchange = exchange;
    this.calls = ToolCallJson.asOpenAi(exchange, request.options().functions());
    this.answer = answer;
    this.annotated = ChatJson.isAnnotated(exchange.apiVersion());
    this.id = exchange.seed().id("chatcmpl-", 29);
  }

  @Override
  public byte[] completion() {
    return ChatJson.line(json -> {
      common(json, "chat.completion");
      if (annotated && !(answer.prompt() instanceof Verdict.Unfiltered)) {
        promptFilterResults(json);
      }
      json.writeArrayPropertyStart("choices");
      for (int i = 0; i < answer.choices().size(); i++) {
        choice(json, i, answer.choices().get(i));
      }
      json.writeEndArray();
      usage(json);
    });
  }

  @Override
  public byte @Nullable [] promptChunk() {
    if (!annotated || answer.prompt() instanceof Verdict.Unfiltered) {
      return null;
    }
    return ChatJson.event(json -> {
      nobodysChunk(json);
      promptFilterResults(json);
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
    });
  }

  @Override
  public byte[] chunk(Piece piece) {
    return switch (piece) {
      case Piece.Start start -> start(start);
      case Piece.Token token ->
          chunk(token, null, delta -> delta.writeStringProperty("content", token.text()));
      case Piece.CallStart start -> callStart(start);
      case Piece.CallArguments arguments ->
          chunk(arguments, null, json -> calls.writeArguments(json, arguments));
      case Piece.End end -> chunk(end, end.finishReason(), delta -> {});
      case Piece.Reading reading -> reading(reading);
    };
  }

  /** Where an answer is calls only, its first delta is the first call's. */
  private byte[] start(Piece.Start start) {
    return beginsWithCall(start.choice())
        ? ChatJson.NOTHING
        : chunk(start, null, delta -> delta.writeStringProperty("role", "assistant"));
  }

  private boolean beginsWithCall(int choice) {
    Draft draft = answer.choices().get(choice).draft();
    return draft.tokens().isEmpty() && !draft.calls().isEmpty();
  }

  private byte[] callStart(Piece.CallStart start) {
    return chunk(
        start,
        null,
        json -> {
          if (start.call() == 0 && beginsWithCall(start.choice())) {
            json.writeStringProperty("role", "assistant");
            json.writeNullProperty("content");
          }
          calls.writeFunctionStart(json, start);
          calls.writeStart(json, start);
        });
  }

  /** A chunk that belongs to no answer and has no delta. */
  private byte[] reading(Piece.Reading reading) {
    boolean says = annotated && FILTER.hasAny(reading.verdict());
    if (!says && reading.finishReason() == null) {
      return ChatJson.NOTHING;
    }
    return ChatJson.event(json -> {
      nobodysChunk(json);
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", reading.choice());
      json.writeStringProperty("finish_reason", reading.finishReason());
      if (annotated) {
        FILTER.write(json, reading.verdict());
        ChatJson.offsets(json, reading);
      }
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  private static void nobodysChunk(JsonGenerator json) {
    json.writeStringProperty("id", "");
    json.writeStringProperty("object", "");
    json.writeNumberProperty("created", 0);
    json.writeStringProperty("model", "");
  }

  @Override
  public byte[] usageChunk() {
    return ChatJson.event(json -> {
      common(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
      usage(json);
    });
  }

  private byte[] chunk(Piece piece, @Nullable String finishReason, Consumer<JsonGenerator> delta) {
    return ChatJson.event(json -> {
      common(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", piece.choice());
      json.writeStringProperty("finish_reason", finishReason);
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      filterResults(json, piece.verdict());
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  private void choice(JsonGenerator json, int index, Choice choice) {
    json.writeStartObject();
    json.writeNumberProperty("index", index);
    json.writeStringProperty("finish_reason", choice.draft().finishReason().onTheWire());
    json.writeObjectPropertyStart("message");
    json.writeStringProperty("role", "assistant");
    if (!choice.blocked()) {
      json.writeStringProperty("content", beginsWithCall(index) ? null : choice.draft().text());
      calls.writeFunction(json, choice.draft());
      calls.write(json, index, choice.draft());
    }
    json.writeEndObject();
    filterResults(json, choice.verdict());
    json.writeEndObject();
  }

  private void common(JsonGenerator json, String object) {
    json.writeStringProperty("id", id);
    json.writeStringProperty("object", object);
    json.writeNumberProperty("created", answer.created().getEpochSecond());
    json.writeStringProperty("model", answer.deployment().modelInAnswers());
  }

  private void promptFilterResults(JsonGenerator json) {
    json.writeArrayPropertyStart(ChatJson.promptAnnotationsName(exchange.apiVersion()));
    json.writeStartObject();
    json.writeNumberProperty("prompt_index", 0);
    FILTER.write(json, answer.prompt());
    json.writeEndObject();
    json.writeEndArray();
  }

  private void filterResults(JsonGenerator json, Verdict verdict) {
    if (annotated) {
      FILTER.write(json, verdict);
    }
  }

  private void usage(JsonGenerator json) {
    Usage usage = answer.usage();
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("completion_tokens", usage.completionTokens());
    json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeEndObject();
  }
}

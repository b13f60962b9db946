package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
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

  ChatWriter2023(Exchange exchange, TextAnswer answer) {
    this.exchange = exchange;
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
      case Piece.Start start ->
          chunk(start, null, delta -> delta.writeStringProperty("role", "assistant"));
      case Piece.Token token ->
          chunk(token, null, delta -> delta.writeStringProperty("content", token.text()));
      case Piece.CallStart start -> callStart(start);
      case Piece.CallArguments arguments -> callArguments(arguments);
      case Piece.End end -> chunk(end, end.finishReason(), delta -> {});
      case Piece.Reading reading -> reading(reading);
    };
  }

  private byte[] callStart(Piece.CallStart start) {
    return chunk(
        start,
        null,
        json -> {
          json.writeArrayPropertyStart("tool_calls");
          json.writeStartObject();
          json.writeNumberProperty("index", start.call());
          json.writeStringProperty("id", ChatJson.callId(exchange, start.choice(), start.call()));
          json.writeStringProperty("type", "function");
          json.writeObjectPropertyStart("function");
          json.writeStringProperty("name", start.name());
          json.writeStringProperty("arguments", "");
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private byte[] callArguments(Piece.CallArguments arguments) {
    return chunk(
        arguments,
        null,
        json -> {
          json.writeArrayPropertyStart("tool_calls");
          json.writeStartObject();
          json.writeNumberProperty("index", arguments.call());
          json.writeObjectPropertyStart("function");
          json.writeStringProperty("arguments", arguments.text());
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
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
      json.writeStringProperty("content", choice.draft().text());
    }
    json.writeEndObject();
    filterResults(json, choice.filter().atItsEnd());
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

package dev.spillway.emulator.dataplane;

import static dev.spillway.emulator.dataplane.FilterCategory.HATE;
import static dev.spillway.emulator.dataplane.FilterCategory.SELF_HARM;
import static dev.spillway.emulator.dataplane.FilterCategory.SEXUAL;
import static dev.spillway.emulator.dataplane.FilterCategory.VIOLENCE;

import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Usage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The answers of 2023: members in OpenAI's order, and few of them. */
final class ChatWriter2023 implements ChatFormat {

  private static final List<FilterCategory> CATEGORIES = List.of(HATE, SELF_HARM, SEXUAL, VIOLENCE);

  private final Exchange exchange;
  private final Answer answer;
  private final boolean annotated;
  private final String id;

  ChatWriter2023(Exchange exchange, Answer answer) {
    this.exchange = exchange;
    this.answer = answer;
    this.annotated = ChatJson.isAnnotated(exchange.apiVersion());
    this.id = exchange.seed().id("chatcmpl-", 29);
  }

  @Override
  public byte[] completion() {
    return ChatJson.line(json -> {
      common(json, "chat.completion");
      if (annotated) {
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
    if (!annotated) {
      return null;
    }
    return ChatJson.event(json -> {
      json.writeStringProperty("id", "");
      json.writeStringProperty("object", "");
      json.writeNumberProperty("created", 0);
      json.writeStringProperty("model", "");
      promptFilterResults(json);
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
    });
  }

  @Override
  public byte[] chunk(Piece piece) {
    return switch (piece) {
      case Piece.Start start ->
          chunk(
              start.choice(),
              null,
              List.of(),
              delta -> delta.writeStringProperty("role", "assistant"));
      case Piece.Token token ->
          chunk(
              token.choice(),
              null,
              CATEGORIES,
              delta -> delta.writeStringProperty("content", token.text()));
      case Piece.End end -> chunk(end.choice(), end.finishReason(), List.of(), delta -> {});
    };
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

  private byte[] chunk(
      int index,
      @Nullable String finishReason,
      List<FilterCategory> filtered,
      Consumer<JsonGenerator> delta) {
    return ChatJson.event(json -> {
      common(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", index);
      json.writeStringProperty("finish_reason", finishReason);
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      filterResults(json, filtered);
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  private void choice(JsonGenerator json, int index, Draft draft) {
    json.writeStartObject();
    json.writeNumberProperty("index", index);
    json.writeStringProperty("finish_reason", draft.finishReason().onTheWire());
    json.writeObjectPropertyStart("message");
    json.writeStringProperty("role", "assistant");
    json.writeStringProperty("content", draft.text());
    json.writeEndObject();
    filterResults(json, CATEGORIES);
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
    FilterCategory.writeNothingFound(json, CATEGORIES);
    json.writeEndObject();
    json.writeEndArray();
  }

  private void filterResults(JsonGenerator json, List<FilterCategory> categories) {
    if (annotated) {
      FilterCategory.writeNothingFound(json, categories);
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

package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.wire.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A legacy completion: members in OpenAI's order in every year, since nothing was added to it. */
final class CompletionFormat implements TextFormat {

  private static final byte[] DONE = ServerSentEvent.DONE.toBytes();
  private static final FilterAnnotations FILTER = FilterAnnotations.UNTIL_2024;

  private final WireProfile wire;
  private final Exchange exchange;
  private final CompletionRequest request;
  private final TextAnswer answer;
  private final boolean annotated;
  private final String id;
  private final @Nullable LegacyLogprobs logprobs;
  private final int[] sent;

  CompletionFormat(
      WireProfile wire, Exchange exchange, CompletionRequest request, TextAnswer answer) {
    this.wire = wire;
    this.exchange = exchange;
    this.request = request;
    this.answer = answer;
    this.annotated = ChatJson.isAnnotated(exchange.apiVersion());
    this.id = exchange.seed().id("cmpl-", 29);
    Integer alternatives = request.logprobs();
    this.logprobs = alternatives == null ? null : new LegacyLogprobs(exchange.seed(), alternatives);
    this.sent = new int[answer.choices().size()];
  }

  @Override
  public byte[] whole() {
    return ChatJson.line(json -> {
      common(json);
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
  public byte @Nullable [] first() {
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
  public byte[] piece(Piece piece) {
    return switch (piece) {
      case Piece.Start start ->
          request.echo() ? chunk(start, prompt(start.choice()), null, false) : ChatJson.NOTHING;
      case Piece.Token token -> chunk(token, token.text(), null, true);
      case Piece.End end -> chunk(end, "", end.finishReason(), false);
      case Piece.Reading reading -> reading(reading);
      case Piece.CallStart start -> ChatJson.NOTHING;
      case Piece.CallArguments arguments -> ChatJson.NOTHING;
    };
  }

  @Override
  public byte[] last() {
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    if (request.includeUsage() && !answer.blocked()) {
      last.writeBytes(
          ChatJson.event(json -> {
            common(json);
            json.writeArrayPropertyStart("choices");
            json.writeEndArray();
            usage(json);
          }));
    }
    last.writeBytes(DONE);
    return last.toByteArray();
  }

  @Override
  public byte[] failure(ServiceError error) {
    return Failures.event(wire, exchange, error);
  }

  private byte[] chunk(Piece piece, String text, @Nullable String finishReason, boolean written) {
    return ChatJson.event(json -> {
      common(json);
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeStringProperty("text", text);
      json.writeNumberProperty("index", piece.choice());
      json.writeStringProperty("finish_reason", finishReason);
      logprobs(json, piece.choice(), sent[piece.choice()], written ? List.of(text) : List.of());
      sent[piece.choice()] += text.length();
      filterResults(json, piece.verdict());
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  /** A chunk that belongs to no answer and has no text. */
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

  private void choice(JsonGenerator json, int index, Choice choice) {
    String before = request.echo() ? prompt(index) : "";
    List<String> tokens = choice.blocked() ? List.of() : choice.draft().tokens();
    json.writeStartObject();
    json.writeStringProperty("text", before + String.join("", tokens));
    json.writeNumberProperty("index", index);
    json.writeStringProperty("finish_reason", choice.draft().finishReason().onTheWire());
    logprobs(json, index, before.length(), tokens);
    filterResults(json, choice.filter().atItsEnd());
    json.writeEndObject();
  }

  private String prompt(int choice) {
    return request.texts().get(request.promptOf(choice));
  }

  private void logprobs(JsonGenerator json, int choice, int offset, List<String> tokens) {
    if (logprobs == null || tokens.isEmpty()) {
      json.writeNullProperty("logprobs");
    } else {
      logprobs.write(json, choice, offset, tokens);
    }
  }

  private void common(JsonGenerator json) {
    json.writeStringProperty("id", id);
    json.writeStringProperty("object", "text_completion");
    json.writeNumberProperty("created", answer.created().getEpochSecond());
    json.writeStringProperty("model", answer.deployment().modelInAnswers());
  }

  private static void nobodysChunk(JsonGenerator json) {
    json.writeStringProperty("id", "");
    json.writeStringProperty("object", "");
    json.writeNumberProperty("created", 0);
    json.writeStringProperty("model", "");
  }

  /** The same of each prompt, since the filter reads them together. */
  private void promptFilterResults(JsonGenerator json) {
    json.writeArrayPropertyStart(ChatJson.promptAnnotationsName(exchange.apiVersion()));
    for (int i = 0; i < request.prompts().size(); i++) {
      json.writeStartObject();
      json.writeNumberProperty("prompt_index", i);
      FILTER.write(json, answer.prompt());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void filterResults(JsonGenerator json, Verdict verdict) {
    if (annotated) {
      FILTER.write(json, verdict);
    }
  }

  /**
   * The prompt's tokens come first where there are annotations, and second where there are none.
   */
  private void usage(JsonGenerator json) {
    Usage usage = answer.usage();
    json.writeObjectPropertyStart("usage");
    if (annotated) {
      json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    }
    json.writeNumberProperty("completion_tokens", usage.completionTokens());
    if (!annotated) {
      json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    }
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeEndObject();
  }
}

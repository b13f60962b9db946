package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.ChatRequest;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one chat completion, whole or chunk by chunk: on one line, members in alphabetical order.
 */
final class ChatWriter implements ChatChunks {

  private final ChatShape shape;
  private final Exchange exchange;
  private final ChatRequest request;
  private final TextAnswer answer;
  private final boolean annotated;
  private final ServingReport report;
  private final String id;
  private final ChatPadding padding;
  private final ChatUsage usage;
  private final Logprobs logprobs;
  private final ToolCallJson calls;
  private int tokens;
  private @Nullable TokenChunk lastChunk;
  private @Nullable Verdict lastVerdict;
  private int lastChoice;

  ChatWriter(ChatShape shape, Exchange exchange, ChatRequest request, TextAnswer answer) {
    this.shape = shape;
    this.exchange = exchange;
    this.request = request;
    this.answer = answer;
    this.annotated = ChatJson.isAnnotated(exchange.apiVersion());
    this.report = ServingReport.of(shape, exchange, answer);
    this.id = exchange.seed().id("chatcmpl-", 29);
    this.padding =
        new ChatPadding(
            exchange.seed().random("obfuscation"),
            shape.obfuscation() && request.obfuscation(),
            request.includeUsage());
    this.usage = new ChatUsage(shape, report);
    this.logprobs = new Logprobs(request.options(), exchange.seed(), shape.refusal());
    this.calls = ToolCallJson.alphabetical(exchange, request.options().functions());
  }

  @Override
  public byte[] completion() {
    return ChatJson.line(json -> {
      json.writeArrayPropertyStart("choices");
      for (int i = 0; i < answer.choices().size(); i++) {
        choice(json, i, answer.choices().get(i));
      }
      json.writeEndArray();
      common(json, "chat.completion", null);
      if (annotated && !(answer.prompt() instanceof Verdict.Unfiltered)) {
        promptFilterResults(json);
      }
      report.writeRouting(json);
      report.writeServiceTier(json);
      fingerprint(json);
      usage.write(json, answer.usage(), true);
    });
  }

  @Override
  public byte @Nullable [] promptChunk() {
    if (!annotated || answer.prompt() instanceof Verdict.Unfiltered) {
      return null;
    }
    return ChatJson.event(json -> {
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
      nobodysChunk(json);
      promptFilterResults(json);
    });
  }

  @Override
  public byte[] chunk(Piece piece) {
    return switch (piece) {
      case Piece.Start start -> start(start);
      case Piece.Token token -> token(token);
      case Piece.CallStart start -> callStart(start);
      case Piece.CallArguments arguments ->
          chunk(
              arguments,
              null,
              ChatPadding.Kind.CONTENT,
              ChatPadding.escapedLength(arguments.text()),
              json -> calls.writeArguments(json, arguments));
      case Piece.End end -> chunk(end, end.finishReason(), ChatPadding.Kind.LAST, 0, json -> {});
      case Piece.Reading reading -> reading(reading);
    };
  }

  /** What a choice's text is. */
  private String member(int choice) {
    return answer.choices().get(choice).draft().declines() && shape.refusal()
        ? "refusal"
        : "content";
  }

  /** Where an answer is calls only, its first delta is the first call's. */
  private byte[] start(Piece.Start start) {
    tokens = 0;
    return beginsWithCall(start.choice())
        ? ChatJson.NOTHING
        : chunk(start, null, ChatPadding.Kind.FIRST, 0, this::firstDelta);
  }

  private boolean beginsWithCall(int choice) {
    Draft draft = answer.choices().get(choice).draft();
    return draft.tokens().isEmpty() && !draft.calls().isEmpty();
  }

  private byte[] token(Piece.Token token) {
    int place = tokens++;
    String letters =
        padding.letters(ChatPadding.Kind.CONTENT, ChatPadding.escapedLength(token.text()));
    return request.options().logprobs()
        ? token(
            token,
            token.text(),
            letters,
            json -> logprobs.write(json, token.choice(), place, List.of(token.text())))
        : likeTheLast(token).with(token.text(), letters);
  }

  private byte[] token(
      Piece.Token token, String text, @Nullable String letters, Consumer<JsonGenerator> odds) {
    return chunk(
        token, null, letters, json -> json.writeStringProperty(member(token.choice()), text), odds);
  }

  /** The chunks of tokens in a row have nothing new but their text, unless the filter has. */
  private TokenChunk likeTheLast(Piece.Token token) {
    TokenChunk like = lastChunk;
    if (like == null
        || token.choice() != lastChoice
        || !Objects.equals(token.verdict(), lastVerdict)) {
      String letters = padding.isWanted() ? TokenChunk.PADDING : null;
      like = TokenChunk.of(token(token, TokenChunk.TEXT, letters, ChatWriter::noOdds));
      lastChunk = like;
      lastChoice = token.choice();
      lastVerdict = token.verdict();
    }
    return like;
  }

  private byte[] callStart(Piece.CallStart start) {
    boolean first = start.call() == 0 && beginsWithCall(start.choice());
    return chunk(
        start,
        null,
        ChatPadding.Kind.CONTENT,
        start.name().length(),
        json -> {
          if (first && shape.refusal()) {
            json.writeNullProperty("content");
          }
          calls.writeFunctionStart(json, start);
          if (first && shape.refusal()) {
            json.writeNullProperty("refusal");
          }
          if (first) {
            json.writeStringProperty("role", "assistant");
          }
          calls.writeStart(json, start);
        });
  }

  /** A chunk that belongs to no answer and has no delta. */
  private byte[] reading(Piece.Reading reading) {
    boolean says = annotated && shape.filter().hasAny(reading.verdict());
    if (!says && reading.finishReason() == null) {
      return ChatJson.NOTHING;
    }
    return ChatJson.event(json -> {
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      if (annotated) {
        ChatJson.offsets(json, reading);
        shape.filter().write(json, reading.verdict());
      }
      json.writeStringProperty("finish_reason", reading.finishReason());
      json.writeNumberProperty("index", reading.choice());
      json.writeEndObject();
      json.writeEndArray();
      nobodysChunk(json);
    });
  }

  private static void nobodysChunk(JsonGenerator json) {
    json.writeNumberProperty("created", 0);
    json.writeStringProperty("id", "");
    json.writeStringProperty("model", "");
    json.writeStringProperty("object", "");
  }

  @Override
  public byte[] usageChunk() {
    return ChatJson.event(json -> {
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
      created(json);
      report.writeLatency(json);
      model(
          json,
          "chat.completion.chunk",
          padding.letters(
              report.isThere() ? ChatPadding.Kind.USAGE_WITH_REPORT : ChatPadding.Kind.USAGE, 0));
      report.writeRouting(json);
      report.writeServiceTier(json);
      fingerprint(json);
      usage.write(json, answer.usage(), false);
    });
  }

  private byte[] chunk(
      Piece piece,
      @Nullable String finishReason,
      ChatPadding.Kind kind,
      int contentLength,
      Consumer<JsonGenerator> delta) {
    return chunk(
        piece, finishReason, padding.letters(kind, contentLength), delta, ChatWriter::noOdds);
  }

  private byte[] chunk(
      Piece piece,
      @Nullable String finishReason,
      @Nullable String letters,
      Consumer<JsonGenerator> delta,
      Consumer<JsonGenerator> odds) {
    return ChatJson.event(json -> {
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      if (annotated) {
        shape.filter().write(json, piece.verdict());
      }
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      json.writeStringProperty("finish_reason", finishReason);
      json.writeNumberProperty("index", piece.choice());
      if (annotated || request.options().logprobs()) {
        odds.accept(json);
      }
      json.writeEndObject();
      json.writeEndArray();
      common(json, "chat.completion.chunk", letters);
      report.writeServiceTier(json);
      fingerprint(json);
      if (request.includeUsage()) {
        json.writeNullProperty("usage");
      }
    });
  }

  private static void noOdds(JsonGenerator json) {
    json.writeNullProperty("logprobs");
  }

  private void firstDelta(JsonGenerator json) {
    json.writeStringProperty("content", "");
    if (shape.refusal()) {
      json.writeNullProperty("refusal");
    }
    json.writeStringProperty("role", "assistant");
  }

  private void choice(JsonGenerator json, int index, Choice choice) {
    json.writeStartObject();
    if (annotated) {
      shape.filter().write(json, choice.verdict());
    }
    json.writeStringProperty("finish_reason", choice.draft().finishReason().onTheWire());
    json.writeNumberProperty("index", index);
    if (annotated || request.options().logprobs()) {
      logprobs.write(json, index, 0, choice.draft().tokens());
    }
    if (!choice.blocked()) {
      message(json, index, choice);
    }
    json.writeEndObject();
  }

  private void message(JsonGenerator json, int index, Choice choice) {
    json.writeObjectPropertyStart("message");
    if (shape.refusal()) {
      json.writeArrayPropertyStart("annotations");
      json.writeEndArray();
    }
    boolean declines = choice.draft().declines() && shape.refusal();
    boolean silent = declines || beginsWithCall(index);
    json.writeStringProperty("content", silent ? null : choice.draft().text());
    calls.writeFunction(json, choice.draft());
    if (shape.refusal()) {
      json.writeStringProperty("refusal", declines ? choice.draft().text() : null);
    }
    json.writeStringProperty("role", "assistant");
    calls.write(json, index, choice.draft());
    json.writeEndObject();
  }

  private void common(JsonGenerator json, String object, @Nullable String obfuscation) {
    created(json);
    model(json, object, obfuscation);
  }

  private void created(JsonGenerator json) {
    json.writeNumberProperty("created", answer.created().getEpochSecond());
    json.writeStringProperty("id", id);
  }

  private void model(JsonGenerator json, String object, @Nullable String obfuscation) {
    json.writeStringProperty("model", answer.deployment().modelInAnswers());
    if (obfuscation != null) {
      json.writeStringProperty("obfuscation", obfuscation);
    }
    json.writeStringProperty("object", object);
  }

  private void promptFilterResults(JsonGenerator json) {
    json.writeArrayPropertyStart(ChatJson.promptAnnotationsName(exchange.apiVersion()));
    json.writeStartObject();
    json.writeNumberProperty("prompt_index", 0);
    shape.filter().write(json, answer.prompt());
    json.writeEndObject();
    json.writeEndArray();
  }

  private void fingerprint(JsonGenerator json) {
    String model = answer.deployment().modelInAnswers();
    boolean dated = !model.equals(answer.deployment().model().name());
    boolean chat = answer.deployment().model().modelClass() == ModelClass.CHAT;
    json.writeStringProperty(
        "system_fingerprint",
        shape.fingerprint() && chat && dated ? "fp_%010x".formatted(fingerprintOf(model)) : null);
  }

  private static long fingerprintOf(String model) {
    return new SplittableRandom(model.hashCode()).nextLong(1L << 40);
  }
}

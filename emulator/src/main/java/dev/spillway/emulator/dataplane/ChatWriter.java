package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.request.ChatRequest;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

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
  private final SplittableRandom padding;

  ChatWriter(ChatShape shape, Exchange exchange, ChatRequest request, TextAnswer answer) {
    this.shape = shape;
    this.exchange = exchange;
    this.request = request;
    this.answer = answer;
    this.annotated = ChatJson.isAnnotated(exchange.apiVersion());
    this.report = ServingReport.of(shape, exchange, answer);
    this.id = exchange.seed().id("chatcmpl-", 29);
    this.padding = exchange.seed().random("obfuscation");
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
      usage(json, true);
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
      case Piece.Start start -> chunk(start, null, Padding.FIRST, 0, this::firstDelta);
      case Piece.Token token ->
          chunk(
              token,
              null,
              Padding.CONTENT,
              escapedLength(token.text()),
              json -> json.writeStringProperty(member(token.choice()), token.text()));
      case Piece.CallStart start -> callStart(start);
      case Piece.CallArguments arguments -> callArguments(arguments);
      case Piece.End end -> chunk(end, end.finishReason(), Padding.LAST, 0, json -> {});
      case Piece.Reading reading -> reading(reading);
    };
  }

  /** What a choice's text is. */
  private String member(int choice) {
    return answer.choices().get(choice).draft().declines() && shape.refusal()
        ? "refusal"
        : "content";
  }

  private byte[] callStart(Piece.CallStart start) {
    return chunk(
        start,
        null,
        Padding.CONTENT,
        start.name().length(),
        json -> {
          json.writeArrayPropertyStart("tool_calls");
          json.writeStartObject();
          json.writeObjectPropertyStart("function");
          json.writeStringProperty("arguments", "");
          json.writeStringProperty("name", start.name());
          json.writeEndObject();
          json.writeStringProperty("id", ChatJson.callId(exchange, start.choice(), start.call()));
          json.writeNumberProperty("index", start.call());
          json.writeStringProperty("type", "function");
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private byte[] callArguments(Piece.CallArguments arguments) {
    return chunk(
        arguments,
        null,
        Padding.CONTENT,
        escapedLength(arguments.text()),
        json -> {
          json.writeArrayPropertyStart("tool_calls");
          json.writeStartObject();
          json.writeObjectPropertyStart("function");
          json.writeStringProperty("arguments", arguments.text());
          json.writeEndObject();
          json.writeNumberProperty("index", arguments.call());
          json.writeEndObject();
          json.writeEndArray();
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
          padding(report.isThere() ? Padding.USAGE_WITH_REPORT : Padding.USAGE, 0));
      report.writeRouting(json);
      report.writeServiceTier(json);
      fingerprint(json);
      usage(json, false);
    });
  }

  private byte[] chunk(
      Piece piece,
      @Nullable String finishReason,
      Padding kind,
      int contentLength,
      Consumer<JsonGenerator> delta) {
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
      if (annotated) {
        json.writeNullProperty("logprobs");
      }
      json.writeEndObject();
      json.writeEndArray();
      common(json, "chat.completion.chunk", padding(kind, contentLength));
      report.writeServiceTier(json);
      fingerprint(json);
      if (request.includeUsage()) {
        json.writeNullProperty("usage");
      }
    });
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
      shape.filter().write(json, choice.filter().atItsEnd());
    }
    json.writeStringProperty("finish_reason", choice.draft().finishReason().onTheWire());
    json.writeNumberProperty("index", index);
    if (annotated) {
      json.writeNullProperty("logprobs");
    }
    if (!choice.blocked()) {
      message(json, choice);
    }
    json.writeEndObject();
  }

  private void message(JsonGenerator json, Choice choice) {
    json.writeObjectPropertyStart("message");
    if (shape.refusal()) {
      json.writeArrayPropertyStart("annotations");
      json.writeEndArray();
    }
    boolean declines = choice.draft().declines() && shape.refusal();
    json.writeStringProperty("content", declines ? null : choice.draft().text());
    if (shape.refusal()) {
      json.writeStringProperty("refusal", declines ? choice.draft().text() : null);
    }
    json.writeStringProperty("role", "assistant");
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

  /**
   * @param whole whether it is the answer's, which has the latencies inside; a stream has them
   *     beside it
   */
  private void usage(JsonGenerator json, boolean whole) {
    Usage usage = answer.usage();
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("completion_tokens", usage.completionTokens());
    if (shape.usageDetails()) {
      json.writeObjectPropertyStart("completion_tokens_details");
      json.writeNumberProperty("accepted_prediction_tokens", 0);
      json.writeNumberProperty("audio_tokens", 0);
      json.writeNumberProperty("reasoning_tokens", 0);
      json.writeNumberProperty("rejected_prediction_tokens", 0);
      json.writeEndObject();
    }
    if (whole) {
      report.writeLatency(json);
    }
    json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    if (shape.usageDetails()) {
      json.writeObjectPropertyStart("prompt_tokens_details");
      json.writeNumberProperty("audio_tokens", 0);
      if (report.cacheWrites()) {
        json.writeNumberProperty("cache_write_tokens", usage.cacheWriteTokens());
      }
      json.writeNumberProperty("cached_tokens", usage.cachedTokens());
      json.writeEndObject();
    }
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeEndObject();
  }

  /**
   * The length that {@code obfuscation} starts from, without and with {@code usage}, for each kind
   * of chunk; counted in captures of 2026.
   */
  private enum Padding {
    FIRST(14, 6),
    CONTENT(16, 8),
    LAST(10, 2),
    USAGE(0, 7),
    USAGE_WITH_REPORT(0, 0);

    private final int plain;
    private final int withUsage;

    Padding(int plain, int withUsage) {
      this.plain = plain;
      this.withUsage = withUsage;
    }
  }

  /** Letters that pad a chunk to a multiple of 16. */
  private @Nullable String padding(Padding kind, int contentLength) {
    if (!shape.obfuscation() || !request.obfuscation()) {
      return null;
    }
    int from = request.includeUsage() ? kind.withUsage : kind.plain;
    return CallSeed.letters(padding, Math.floorMod(from - contentLength, 16));
  }

  private static int escapedLength(String text) {
    return new SerializedString(text).asQuotedChars().length;
  }
}

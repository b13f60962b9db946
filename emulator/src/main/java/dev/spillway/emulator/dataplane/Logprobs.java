package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.TokenOdds;
import dev.spillway.emulator.request.ChatOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes how likely an answer's tokens were, and which others were likely. */
final class Logprobs {

  private final ChatOptions options;
  private final CallSeed seed;
  private final boolean refusal;

  /**
   * @param refusal whether the year knows {@code refusal}
   */
  Logprobs(ChatOptions options, CallSeed seed, boolean refusal) {
    this.options = options;
    this.seed = seed;
    this.refusal = refusal;
  }

  /**
   * Writes {@code logprobs}.
   *
   * @param from the place of the first of the tokens in its choice
   * @param tokens null for what has no tokens
   */
  void write(JsonGenerator json, int choice, int from, @Nullable List<String> tokens) {
    if (!options.logprobs() || tokens == null || tokens.isEmpty()) {
      json.writeNullProperty("logprobs");
      return;
    }
    json.writeObjectPropertyStart("logprobs");
    json.writeArrayPropertyStart("content");
    for (int i = 0; i < tokens.size(); i++) {
      token(json, TokenOdds.of(seed, choice, from + i, tokens.get(i), options.topLogprobs()));
    }
    json.writeEndArray();
    if (refusal) {
      json.writeNullProperty("refusal");
    }
    json.writeEndObject();
  }

  private static void token(JsonGenerator json, TokenOdds odds) {
    json.writeStartObject();
    one(json, odds.token());
    json.writeArrayPropertyStart("top_logprobs");
    for (TokenOdds.Odds likely : odds.likely()) {
      json.writeStartObject();
      one(json, likely);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void one(JsonGenerator json, TokenOdds.Odds odds) {
    json.writeArrayPropertyStart("bytes");
    for (byte utf8 : odds.text().getBytes(StandardCharsets.UTF_8)) {
      json.writeNumber(utf8 & 0xff);
    }
    json.writeEndArray();
    json.writeNumberProperty("logprob", odds.logprob());
    json.writeStringProperty("token", odds.text());
  }
}

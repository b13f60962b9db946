package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.core.JsonGenerator;

/**
 * {@code logprobs} of a legacy completion: four arrays as long as the text has tokens. The figures
 * are made up from the call's seed, and agree: a token that was sent is the likeliest, and all that
 * are named for a place are not likelier together than anything at all.
 *
 * @param alternatives how many tokens are named for each place, the one that was sent among them
 */
record LegacyLogprobs(CallSeed seed, int alternatives) {

  private static final List<String> OTHERS = List.of(" the", ",", " and", ".", " of");

  /**
   * Writes the member.
   *
   * @param offset where in the answer's text the tokens begin
   */
  void write(JsonGenerator json, int choice, int offset, List<String> tokens) {
    json.writeObjectPropertyStart("logprobs");
    json.writeArrayPropertyStart("tokens");
    tokens.forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("token_logprobs");
    int at = offset;
    for (String token : tokens) {
      json.writeNumber(Math.log(likelihood(choice, at)));
      at += token.length();
    }
    json.writeEndArray();
    top(json, choice, offset, tokens);
    json.writeArrayPropertyStart("text_offset");
    at = offset;
    for (String token : tokens) {
      json.writeNumber(at);
      at += token.length();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void top(JsonGenerator json, int choice, int offset, List<String> tokens) {
    if (alternatives == 0) {
      json.writeNullProperty("top_logprobs");
      return;
    }
    json.writeArrayPropertyStart("top_logprobs");
    int at = offset;
    for (String token : tokens) {
      json.writeStartObject();
      likelihoods(token, likelihood(choice, at))
          .forEach((name, value) -> json.writeNumberProperty(name, Math.log(value)));
      json.writeEndObject();
      at += token.length();
    }
    json.writeEndArray();
  }

  /** Each takes half of what is left. */
  private Map<String, Double> likelihoods(String token, double likelihood) {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put(token, likelihood);
    double left = Math.min(1 - likelihood, likelihood);
    for (String other : OTHERS) {
      if (all.size() < alternatives && !all.containsKey(other)) {
        left /= 2;
        all.put(other, left);
      }
    }
    return all;
  }

  /** Between 0.3 and 1, the same wherever the token at this place of the text is told. */
  private double likelihood(int choice, int at) {
    SplittableRandom random = seed.random("logprobs_" + choice + "." + at);
    return 0.3 + 0.69 * random.nextDouble();
  }
}

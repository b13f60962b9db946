package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a legacy completion. */
final class CompletionReader {

  private static final int USUAL_TOKENS = 16;
  private static final int MAX_PROMPTS = 2_048;
  private static final int MAX_CHOICES = 128;
  private static final int MAX_LOGPROBS = 5;
  private static final int MAX_STOPS = 4;

  /** What a model gets that is asked to go on with nothing. */
  private static final String BEGINNING = "<|endoftext|>";

  private CompletionReader() {}

  static ParsedBody read(RequestBody body, Roles engine) {
    return JsonBody.read(body, CompletionReader::request);
  }

  private static CompletionRequest request(JsonBody json) {
    List<PromptInput> prompts = prompts(json.get("prompt"));
    int choices = orElse(json.integer("n", 1, MAX_CHOICES), 1);
    return new CompletionRequest(
        json.text("model"),
        prompts,
        prompts.stream().map(CompletionReader::text).toList(),
        orElse(json.integer("max_tokens", 0), USUAL_TOKENS),
        choices,
        bestOf(json, choices),
        json.flag("echo"),
        json.integer("logprobs", 0, MAX_LOGPROBS),
        stop(json),
        json.flag("stream"),
        json.get("stream_options").path("include_usage").asBoolean(false),
        Stream.of("logprobs", "best_of", "echo").filter(json::has).toList());
  }

  private static List<PromptInput> prompts(JsonNode prompt) {
    if (prompt.isMissingNode() || prompt.isNull()) {
      return List.of(new PromptInput.Text(BEGINNING));
    }
    List<PromptInput> prompts =
        PromptInput.read(prompt)
            .filter(read -> prompt.isString() || !prompt.isEmpty())
            .orElseThrow(() ->
                JsonBody.refused(
                    Members.shown(prompt)
                        + " is not valid under any of the given schemas - 'prompt'",
                    "prompt"));
    if (prompts.size() > MAX_PROMPTS) {
      throw JsonBody.refused(
          "%d prompts are more than the maximum of %d - 'prompt'"
              .formatted(prompts.size(), MAX_PROMPTS),
          "prompt");
    }
    return prompts;
  }

  private static String text(PromptInput prompt) {
    return switch (prompt) {
      case PromptInput.Text text -> text.text();
      case PromptInput.Tokens tokens -> "";
    };
  }

  private static int bestOf(JsonBody json, int choices) {
    Integer bestOf = json.integer("best_of", 1, MAX_CHOICES);
    if (bestOf != null && bestOf < choices) {
      throw JsonBody.refused(
          "You requested that the server return more choices than it will generate (HINT: you must set 'n' (currently %d) to be at most 'best_of' (currently %d), or omit either parameter if you don't specifically want to use them.)"
              .formatted(choices, bestOf),
          null);
    }
    return bestOf == null ? choices : bestOf;
  }

  private static List<String> stop(JsonBody json) {
    if (!json.has("stop")) {
      return List.of();
    }
    JsonNode value = json.get("stop");
    List<String> stops = new ArrayList<>();
    for (JsonNode stop : value.isArray() ? value : List.of(value)) {
      if (!stop.isString()) {
        throw json.wrongType("stop", "string");
      }
      stops.add(stop.stringValue());
    }
    if (stops.size() > MAX_STOPS) {
      throw JsonBody.refused(json.shown("stop") + " is too long - 'stop'", "stop");
    }
    return stops;
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}

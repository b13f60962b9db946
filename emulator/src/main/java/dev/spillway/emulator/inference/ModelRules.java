package dev.spillway.emulator.inference;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.model.ReasoningEfforts;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.Parameters;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.request.TextRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What reasoning models do not take, though other models do. */
final class ModelRules {

  private static final String PARAMETER = "unsupported_parameter";
  private static final String VALUE = "unsupported_value";

  /** The one model that could not stream. */
  private static final String WITHOUT_STREAMS = "o1-preview";

  /** Fewer are used up by the reasoning, before the answer has its first word. */
  private static final int LEAST_TOKENS = 16;

  private static final List<String> UNSUPPORTED =
      List.of(
          "top_p",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "presence_penalty",
          "frequency_penalty",
          "parallel_tool_calls",
          "stop");

  private ModelRules() {}

  /** Why the model does not take the request, if it does not. */
  static Optional<InvalidRequest> broken(ModelProfile model, TextRequest request) {
    Optional<InvalidRequest> unseen = ContentRules.broken(model, request);
    if (unseen.isPresent()) {
      return unseen;
    }
    return switch (request) {
      case ChatRequest chat -> brokenByChat(model, chat);
      case CompletionRequest completion -> Optional.empty();
      case ResponsesRequest response -> ResponseRules.broken(model, response);
    };
  }

  private static Optional<InvalidRequest> brokenByChat(ModelProfile model, ChatRequest request) {
    return model.modelClass() == ModelClass.REASONING
        ? parameter(request.parameters())
            .or(() -> temperature(request.parameters()))
            .or(() -> effort(model, request))
            .or(() -> stream(model, request))
            .or(() -> room(request))
        : withoutReasoning(request.parameters());
  }

  private static Optional<InvalidRequest> withoutReasoning(Parameters parameters) {
    if (parameters.has("reasoning_effort")) {
      return Optional.of(
          new InvalidRequest(
              "Unrecognized request argument supplied: reasoning_effort", null, null));
    }
    boolean alone =
        parameters.has("top_logprobs")
            && !parameters.find("logprobs").filter("true"::equals).isPresent();
    return alone
        ? Optional.of(
            new InvalidRequest(
                "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
                "top_logprobs",
                null))
        : Optional.empty();
  }

  private static Optional<InvalidRequest> effort(ModelProfile model, TextRequest request) {
    List<String> known = ReasoningEfforts.of(model).known();
    return request
        .parameters()
        .find("reasoning_effort")
        .map(json -> json.replace("\"", ""))
        .filter(effort -> !known.contains(effort))
        .map(effort ->
            new InvalidRequest(
                "Unsupported value: 'reasoning_effort' does not support '%s' with this model. Supported values are: %s."
                    .formatted(effort, listed(known)),
                "reasoning_effort",
                VALUE));
  }

  private static String listed(List<String> words) {
    int last = words.size() - 1;
    return words.subList(0, last).stream()
            .map(word -> "'" + word + "', ")
            .collect(Collectors.joining())
        + "and '"
        + words.get(last)
        + "'";
  }

  private static Optional<InvalidRequest> parameter(Parameters parameters) {
    if (parameters.has("max_tokens")) {
      return Optional.of(
          new InvalidRequest(
              "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                  + " 'max_completion_tokens' instead.",
              "max_tokens",
              PARAMETER));
    }
    return UNSUPPORTED.stream()
        .filter(parameters::has)
        .findFirst()
        .map(name ->
            new InvalidRequest(
                "Unsupported parameter: '%s' is not supported with this model.".formatted(name),
                name,
                PARAMETER));
  }

  private static Optional<InvalidRequest> temperature(Parameters parameters) {
    return parameters
        .find("temperature")
        .filter(value -> !isOne(value))
        .map(value ->
            new InvalidRequest(
                "Unsupported value: 'temperature' does not support %s with this model. Only the default (1) value is supported."
                    .formatted(value),
                "temperature",
                VALUE));
  }

  private static boolean isOne(String json) {
    try {
      return new BigDecimal(json).compareTo(BigDecimal.ONE) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Optional<InvalidRequest> stream(ModelProfile model, TextRequest request) {
    return request.stream() && model.name().equals(WITHOUT_STREAMS)
        ? Optional.of(
            new InvalidRequest(
                "Unsupported value: 'stream' does not support true with this model. Supported"
                    + " values are: false.",
                "stream",
                VALUE))
        : Optional.empty();
  }

  private static Optional<InvalidRequest> room(TextRequest request) {
    Integer allowed = request.maxTokens();
    return allowed != null && allowed < LEAST_TOKENS
        ? Optional.of(
            new InvalidRequest(
                "Could not finish the message because max_tokens or model output limit was"
                    + " reached. Please try again with higher max_tokens.",
                null,
                null))
        : Optional.empty();
  }
}

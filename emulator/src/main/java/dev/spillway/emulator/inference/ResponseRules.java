package dev.spillway.emulator.inference;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ResponsesRequest;
import java.util.List;
import java.util.Optional;

/** What a model does not take of a request for a response. */
final class ResponseRules {

  private static final List<String> NOT_FOR_REASONING =
      List.of("temperature", "top_p", "top_logprobs");
  private static final List<String> FOR_REASONING_ONLY =
      List.of("reasoning.effort", "reasoning.summary");

  private ResponseRules() {}

  static Optional<InvalidRequest> broken(ModelProfile model, ResponsesRequest request) {
    List<String> unsupported =
        model.modelClass() == ModelClass.REASONING ? NOT_FOR_REASONING : FOR_REASONING_ONLY;
    return unsupported.stream()
        .filter(request.parameters()::has)
        .findFirst()
        .map(name ->
            new InvalidRequest(
                "Unsupported parameter: '%s' is not supported with this model.".formatted(name),
                name,
                "unsupported_parameter"));
  }
}

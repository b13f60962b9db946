package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.request.TextRequest;
import java.util.Optional;

/**
 * Whether a prompt, and the answer it asks for, fit into the model's context.
 *
 * <p>Reasoning models limit the prompt alone, to what the longest answer leaves of the context;
 * other models limit the prompt and {@code max_tokens} together. Provisioned deployments of some
 * models refuse a prompt that is shorter than that.
 */
final class ContextLength {

  private static final String CODE = "context_length_exceeded";

  private static final InvalidRequest INPUT =
      new InvalidRequest(
          "Your input exceeds the context window of this model. Please adjust your input and try"
              + " again.",
          "input",
          CODE);

  private ContextLength() {}

  /** What a provisioned deployment refuses of its own; another deployment may take it. */
  static Optional<InvalidRequest> exceededForPtu(Deployment deployment, Prompt prompt) {
    ModelProfile model = deployment.model();
    return deployment.provisioned() && model.ptu().isTooLong(prompt.tokens())
        ? Optional.of(promptAbove(model, model.ptu().longestPrompt(), prompt))
        : Optional.empty();
  }

  /** What no deployment of the model takes. */
  static Optional<InvalidRequest> exceeded(ModelProfile model, TextRequest request, Prompt prompt) {
    int limit = longestPrompt(model);
    if (request instanceof ResponsesRequest response) {
      return prompt.tokens() > limit && !cuts(response) ? Optional.of(INPUT) : Optional.empty();
    }
    if (prompt.tokens() > limit) {
      return Optional.of(promptAbove(model, limit, prompt));
    }
    Integer asked = request.maxTokens();
    boolean together = model.modelClass() != ModelClass.REASONING;
    return together && asked != null && (long) prompt.tokens() + asked > limit
        ? Optional.of(promptAndAnswerAbove(limit, prompt.tokens(), asked))
        : Optional.empty();
  }

  /** Whether what does not fit is left out from the beginning. */
  private static boolean cuts(ResponsesRequest request) {
    return request.parameters().find("truncation").filter("\"auto\""::equals).isPresent();
  }

  private static int longestPrompt(ModelProfile model) {
    return model.modelClass() == ModelClass.REASONING
        ? model.contextTokens() - model.outputTokens()
        : model.contextTokens();
  }

  private static InvalidRequest promptAbove(ModelProfile model, int limit, Prompt prompt) {
    String text =
        model.modelClass() == ModelClass.REASONING
            ? "Input tokens exceed the configured limit of %d tokens. Your messages resulted in %d tokens. Please reduce the length of the messages."
            : "This model's maximum context length is %d tokens. However, your messages resulted in %d tokens. Please reduce the length of the messages.";
    return refused(text.formatted(limit, prompt.tokens()));
  }

  private static InvalidRequest promptAndAnswerAbove(int limit, int prompt, int answer) {
    return refused(
        "This model's maximum context length is %d tokens. However, you requested %d tokens (%d in the messages, %d in the completion). Please reduce the length of the messages or completion."
            .formatted(limit, (long) prompt + answer, prompt, answer));
  }

  private static InvalidRequest refused(String message) {
    return new InvalidRequest(message, "messages", CODE);
  }
}

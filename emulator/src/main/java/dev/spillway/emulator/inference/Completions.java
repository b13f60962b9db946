package dev.spillway.emulator.inference;

import dev.spillway.emulator.model.Capability;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ModelRequest;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.Optional;

/** What is special about legacy completions: prompts that are tokens, and what is refused. */
final class Completions {

  private static final String INSTRUCT = "gpt-35-turbo-instruct";

  private final Tokenizers tokenizers;

  Completions(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  /** The request with the texts of its tokens, where it is a completion that was given some. */
  ModelRequest read(ModelProfile model, ModelRequest request) {
    return request instanceof CompletionRequest completion ? read(model, completion) : request;
  }

  private CompletionRequest read(ModelProfile model, CompletionRequest request) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    return request.withTexts(
        request.prompts().stream().map(prompt -> tokenizer.text(prompt).orElse("")).toList());
  }

  /** Which members the gateway does not let through to a model that chats, in its words. */
  Optional<String> notTaken(ModelProfile model, ParsedBody body) {
    return body instanceof ParsedBody.Valid valid
            && valid.request() instanceof CompletionRequest completion
            && model.has(Capability.CHAT)
            && !completion.given().isEmpty()
        ? Optional.of(
            "logprobs, best_of and echo parameters are not available on %s model. Please remove the parameter and try again. For more details, see https://go.microsoft.com/fwlink/?linkid=2227346."
                .formatted(model.name()))
        : Optional.empty();
  }

  /** Why the model does not take the request, if it does not. */
  Optional<InvalidRequest> problem(ModelProfile model, CompletionRequest request, Prompt prompt) {
    return echoWithLogprobs(model, request)
        .or(() -> length(model, request, prompt))
        .or(() -> tokens(model, request));
  }

  private static Optional<InvalidRequest> echoWithLogprobs(
      ModelProfile model, CompletionRequest request) {
    return request.echo() && request.logprobs() != null && model.name().equals(INSTRUCT)
        ? refused("Setting 'echo' and 'logprobs' at the same time is not supported for this model.")
        : Optional.empty();
  }

  /** Each prompt with its answer has to fit. */
  private static Optional<InvalidRequest> length(
      ModelProfile model, CompletionRequest request, Prompt prompt) {
    int answer = request.maxTokensEach();
    long together = (long) prompt.longestInput() + answer;
    return together > model.contextTokens()
        ? refused(
            "This model's maximum context length is %d tokens, however you requested %d tokens (%d in your prompt; %d for the completion). Please reduce your prompt; or completion length."
                .formatted(model.contextTokens(), together, prompt.longestInput(), answer))
        : Optional.empty();
  }

  private Optional<InvalidRequest> tokens(ModelProfile model, CompletionRequest request) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    return request.prompts().stream().allMatch(prompt -> tokenizer.text(prompt).isPresent())
        ? Optional.empty()
        : refused("'prompt' holds a number that is no token of " + model.encoding() + ".");
  }

  private static Optional<InvalidRequest> refused(String message) {
    return Optional.of(new InvalidRequest(message, null, null));
  }
}

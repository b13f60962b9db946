package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.generation.Embedder;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.model.Vectors;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.EmbeddingsRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes vectors, and knows what a model makes none of. */
final class Embeddings {

  private final Tokenizers tokenizers;

  Embeddings(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  /** Why the model does not take the request, if it does not. */
  Optional<InvalidRequest> problem(ModelProfile model, EmbeddingsRequest request, Prompt prompt) {
    return dimensions(model.vectors(), request)
        .or(() -> length(model, prompt))
        .or(() -> tokens(model, request));
  }

  private static Optional<InvalidRequest> dimensions(Vectors vectors, EmbeddingsRequest request) {
    Integer asked = request.dimensions();
    if (asked == null) {
      return Optional.empty();
    }
    if (!vectors.shorter()) {
      return refused("This model does not support specifying dimensions.");
    }
    return asked > vectors.length()
        ? refused(
            "Invalid value for 'dimensions' = %d. Must be less than or equal to %d."
                .formatted(asked, vectors.length()))
        : Optional.empty();
  }

  /** The limit is that of a single input, however many there are. */
  private static Optional<InvalidRequest> length(ModelProfile model, Prompt prompt) {
    int longest = prompt.longestInput();
    return longest > model.contextTokens()
        ? refused(
            "This model's maximum context length is %d tokens, however you requested %d tokens (%d in your prompt; 0 for the completion). Please reduce your prompt; or completion length."
                .formatted(model.contextTokens(), longest, longest))
        : Optional.empty();
  }

  private Optional<InvalidRequest> tokens(ModelProfile model, EmbeddingsRequest request) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    return request.inputs().stream().allMatch(input -> tokenizer.text(input).isPresent())
        ? Optional.empty()
        : refused("'input' holds a number that is no token of " + model.encoding() + ".");
  }

  private static Optional<InvalidRequest> refused(String message) {
    return Optional.of(new InvalidRequest(message, null, null));
  }

  VectorAnswer answer(
      Deployment deployment,
      EmbeddingsRequest request,
      Prompt prompt,
      Screening screening,
      LimitReadings readings,
      Instant arrived) {
    Usage usage = new Usage(prompt.tokens(), 0, 0, 0, CompletionDetails.NONE);
    return new VectorAnswer(
        request,
        new Served(deployment, arrived, screening.prompt(), usage, readings, null),
        vectors(deployment.model(), request));
  }

  private List<float[]> vectors(ModelProfile model, EmbeddingsRequest request) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    int length = model.vectors().length();
    Integer asked = request.dimensions();
    Embedder embedder = new Embedder(model.name(), length);
    return request.inputs().parallelStream()
        .map(input ->
            embedder.embed(tokenizer.text(input).orElseThrow(), asked == null ? length : asked))
        .toList();
  }
}

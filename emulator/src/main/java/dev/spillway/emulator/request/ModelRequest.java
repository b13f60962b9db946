package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller asks of a deployment, whatever the operation. */
public sealed interface ModelRequest permits TextRequest, EmbeddingsRequest, MediaRequest {

  /** The body's {@code model}; names the deployment on the v1 route. */
  @Nullable String model();

  /** The texts that it holds, as the content filter reads them. */
  List<String> texts();

  /** The characters of all its texts. */
  default long promptCharacters() {
    return texts().stream().mapToLong(String::length).sum();
  }

  /** How long the answer may be, in tokens; null when it does not say. */
  @Nullable Integer maxTokens();

  /** How often the answer's tokens are charged. */
  int multiplier();

  /** Whether the answer shall be a stream. */
  boolean stream();

  /** What only some models or api-versions take. */
  Parameters parameters();
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.request.EmbeddingsRequest;
import java.util.List;

/**
 * What a model made of texts.
 *
 * @param vectors one for each input
 */
public record VectorAnswer(EmbeddingsRequest request, Served served, List<float[]> vectors)
    implements Answer {

  @Override
  public VectorAnswer with(Served other) {
    return new VectorAnswer(request, other, vectors);
  }
}

package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.request.ImageRequest;
import java.util.List;

/**
 * What a model drew.
 *
 * @param look as the pictures are, whatever was left open
 * @param revisedPrompt what they show, in the model's words
 * @param parts the first picture while it was drawn, as often as that was asked for
 */
public record ImageAnswer(
    ImageRequest request,
    Served served,
    ImageLook look,
    String revisedPrompt,
    List<Picture> pictures,
    List<byte[]> parts)
    implements MediaAnswer {

  /**
   * A picture.
   *
   * @param filter what the content filter says of it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Picture(byte[] file, Verdict filter) {}

  @Override
  public ImageAnswer with(Served other) {
    return new ImageAnswer(request, other, look, revisedPrompt, pictures, parts);
  }
}

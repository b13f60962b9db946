package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.PictureFormat;
import dev.spillway.emulator.media.PictureSize;
import dev.spillway.emulator.request.ImageRequest;

/**
 * How pictures look, with what the request leaves open decided: 1024x1024, of high quality, a PNG.
 *
 * @param inAnswer whether they come in the answer itself, and not behind a URL
 */
public record ImageLook(
    PictureFormat format, PictureSize size, String quality, boolean transparent, boolean inAnswer) {

  private static final PictureSize SQUARE = new PictureSize(1024, 1024);

  /** Of a request that the rules of its model allow. */
  static ImageLook of(ImageRequest.Options options, boolean dallE) {
    String quality = options.quality().filter(given -> !given.equals("auto")).orElse("");
    return new ImageLook(
        options.outputFormat().flatMap(PictureFormat::byName).orElse(PictureFormat.PNG),
        options.size().flatMap(PictureSize::parse).orElse(SQUARE),
        quality.isEmpty() ? (dallE ? "standard" : "high") : quality,
        options.background().filter("transparent"::equals).isPresent(),
        !dallE || options.responseFormat().filter("b64_json"::equals).isPresent());
  }
}

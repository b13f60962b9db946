package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ContentPart;

/**
 * What a picture adds to a prompt.
 *
 * <p>Models that see tiles: a base, and so much for each square of 512 pixels once the picture is
 * fitted into 2,048 and its shorter side to 768; with low detail the base alone. Models that see
 * patches: one for each square of 32 pixels, no more than 1,536, times a factor.
 */
final class ImageTokens {

  private static final int LARGEST = 2_048;
  private static final int SHORTER = 768;
  private static final int TILE = 512;
  private static final int PATCH = 32;
  private static final int MOST_PATCHES = 1_536;

  private ImageTokens() {}

  static int count(ContentPart.Image image, ModelProfile model) {
    ImageSize size = ImageSize.of(image.url());
    double factor = patchFactor(model.name());
    if (factor > 0) {
      return (int) Math.ceil(patches(size) * factor);
    }
    Tiles tiles = Tiles.of(model.name());
    return "low".equals(image.detail()) ? tiles.base() : tiles.base() + tiles.each() * tiles(size);
  }

  /** None for models that see tiles. */
  private static double patchFactor(String model) {
    if (model.equals("o4-mini")) {
      return 1.72;
    }
    boolean patches = model.startsWith("gpt-4.1-") || model.startsWith("gpt-5-");
    if (patches && model.endsWith("-mini")) {
      return 1.62;
    }
    return patches && model.endsWith("-nano") ? 2.46 : 0;
  }

  private static int patches(ImageSize size) {
    long patches = (long) Math.ceilDiv(size.width(), PATCH) * Math.ceilDiv(size.height(), PATCH);
    return (int) Math.min(patches, MOST_PATCHES);
  }

  private static int tiles(ImageSize size) {
    double fit = Math.min(1, (double) LARGEST / Math.max(size.width(), size.height()));
    double shorter = Math.min(size.width(), size.height()) * fit;
    double scale = fit * Math.min(1, SHORTER / shorter);
    return (int) (Math.ceil(size.width() * scale / TILE) * Math.ceil(size.height() * scale / TILE));
  }

  private record Tiles(int base, int each) {

    static Tiles of(String model) {
      if (model.startsWith("gpt-4o-mini")) {
        return new Tiles(2_833, 5_667);
      }
      if (model.startsWith("gpt-5") || model.startsWith("gpt-6")) {
        return new Tiles(70, 140);
      }
      return model.startsWith("o") ? new Tiles(75, 150) : new Tiles(85, 170);
    }
  }
}

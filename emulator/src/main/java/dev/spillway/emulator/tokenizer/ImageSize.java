package dev.spillway.emulator.tokenizer;

import java.util.Base64;

/**
 * How large a picture is, in pixels, as far as its first bytes tell: PNG, JPEG, GIF and WebP in
 * {@code data:} URLs. Pictures elsewhere are never fetched, and taken for {@link #USUAL}.
 */
record ImageSize(int width, int height) {

  static final ImageSize USUAL = new ImageSize(1_024, 1_024);

  /** So many characters of base64 are looked at. */
  private static final int LOOKED_AT = 262_144;

  static ImageSize of(String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
      return USUAL;
    }
    String data = url.substring(comma + 1, Math.min(url.length(), comma + 1 + LOOKED_AT));
    try {
      return read(Base64.getMimeDecoder().decode(data.substring(0, data.length() & ~3)));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return USUAL;
    }
  }

  private static ImageSize read(byte[] image) {
    if (starts(image, 0, 0x89, 'P', 'N', 'G')) {
      return new ImageSize(big(image, 16, 4), big(image, 20, 4)).orUsual();
    }
    if (starts(image, 0, 'G', 'I', 'F', '8')) {
      return new ImageSize(little(image, 6, 2), little(image, 8, 2)).orUsual();
    }
    if (starts(image, 8, 'W', 'E', 'B', 'P')) {
      return webp(image).orUsual();
    }
    return starts(image, 0, 0xff, 0xd8) ? jpeg(image).orUsual() : USUAL;
  }

  private static ImageSize webp(byte[] image) {
    if (starts(image, 12, 'V', 'P', '8', 'X')) {
      return new ImageSize(little(image, 24, 3) + 1, little(image, 27, 3) + 1);
    }
    if (starts(image, 12, 'V', 'P', '8', 'L')) {
      int bits = little(image, 21, 4);
      return new ImageSize((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    return new ImageSize(little(image, 26, 2) & 0x3fff, little(image, 28, 2) & 0x3fff);
  }

  /** Goes from segment to segment until the one that begins the picture. */
  private static ImageSize jpeg(byte[] image) {
    int at = 2;
    while (at + 9 <= image.length) {
      int marker = image[at + 1] & 0xff;
      boolean start = marker >= 0xc0 && marker <= 0xcf && marker % 4 != 0;
      if (start || marker == 0xc0) {
        return new ImageSize(big(image, at + 7, 2), big(image, at + 5, 2));
      }
      at += 2 + big(image, at + 2, 2);
    }
    return USUAL;
  }

  private ImageSize orUsual() {
    return width > 0 && height > 0 ? this : USUAL;
  }

  private static boolean starts(byte[] image, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= image.length || (image[at + i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static int big(byte[] image, int at, int length) {
    int value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (image[at + i] & 0xff);
    }
    return value;
  }

  private static int little(byte[] image, int at, int length) {
    int value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | (image[at + i] & 0xff);
    }
    return value;
  }
}

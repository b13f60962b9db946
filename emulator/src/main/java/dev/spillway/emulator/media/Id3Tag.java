package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The tag before MP3 and AAC frames, of version 2.4, with the text as a comment of its own. */
final class Id3Tag {

  private static final int VERSION = 4;
  private static final int UTF_8 = 3;
  private static final int HEADER = 10;

  private Id3Tag() {}

  static byte[] of(String text) {
    byte[] value = SpokenText.value(text);
    byte[] description = SpokenText.NAME.getBytes(StandardCharsets.US_ASCII);
    int content = 1 + description.length + 1 + value.length;
    ByteArrayOutputStream tag = new ByteArrayOutputStream();
    tag.writeBytes(new byte[] {'I', 'D', '3', VERSION, 0, 0});
    size(tag, HEADER + content);
    tag.writeBytes(new byte[] {'T', 'X', 'X', 'X'});
    size(tag, content);
    tag.writeBytes(new byte[] {0, 0, UTF_8});
    tag.writeBytes(description);
    tag.write(0);
    tag.writeBytes(value);
    return tag.toByteArray();
  }

  /** Where the sound begins in a file that may have such a tag. */
  static int end(byte[] file) {
    boolean tagged = file.length > HEADER && file[0] == 'I' && file[1] == 'D' && file[2] == '3';
    return tagged
        ? HEADER + (file[6] << 21 | file[7] << 14 | file[8] << 7 | file[9]) & Integer.MAX_VALUE
        : 0;
  }

  /** Seven bits a byte. */
  private static void size(ByteArrayOutputStream out, int size) {
    for (int shift = 21; shift >= 0; shift -= 7) {
      out.write(size >> shift & 0x7f);
    }
  }
}

package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;

/** Bits, the highest first, in bytes. */
final class BitWriter {

  private final ByteArrayOutputStream out;
  private final boolean stuffed;
  private int held;
  private int count;

  /**
   * @param stuffed whether a byte of ones is followed by one of noughts, as in a JPEG
   */
  BitWriter(ByteArrayOutputStream out, boolean stuffed) {
    this.out = out;
    this.stuffed = stuffed;
  }

  void write(int value, int bits) {
    for (int bit = bits - 1; bit >= 0; bit--) {
      held = (held << 1) | ((value >> bit) & 1);
      if (++count == Byte.SIZE) {
        put();
      }
    }
  }

  /** Fills the byte that was begun. */
  void fill(int bit) {
    while (count > 0) {
      write(bit, 1);
    }
  }

  private void put() {
    out.write(held);
    if (stuffed && held == 0xff) {
      out.write(0);
    }
    held = 0;
    count = 0;
  }
}

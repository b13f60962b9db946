package dev.spillway.emulator.media;

/** The checksums of sound files: no reflection, no inversion, a register of noughts. */
final class Checksum {

  /** Of a FLAC frame's header. */
  static final Checksum CRC_8 = new Checksum(8, 0x07);

  /** Of a whole FLAC frame. */
  static final Checksum CRC_16 = new Checksum(16, 0x8005);

  /** Of an Ogg page. */
  static final Checksum CRC_32 = new Checksum(32, 0x04c11db7);

  private final int width;
  private final int[] table = new int[256];

  private Checksum(int width, int polynomial) {
    this.width = width;
    int aligned = polynomial << (Integer.SIZE - width);
    for (int i = 0; i < table.length; i++) {
      int register = i << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        int shifted = register << 1;
        register = register < 0 ? shifted ^ aligned : shifted;
      }
      table[i] = register;
    }
  }

  int of(byte[] bytes) {
    int register = 0;
    for (byte value : bytes) {
      int next = (register >>> 24) ^ (value & 0xff);
      register = (register << Byte.SIZE) ^ table[next];
    }
    return register >>> (Integer.SIZE - width);
  }
}

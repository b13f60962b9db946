package dev.spillway.emulator.media;

import java.util.OptionalDouble;

/** The frames of an MP3 or of AAC in ADTS, counted one after the other. */
final class AudioFrames {

  private static final int[] MPEG1_KBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] MPEG2_KBITS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] MPEG1_RATES = {44_100, 48_000, 32_000};
  private static final int[] AAC_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  private AudioFrames() {}

  /** The first place must be a frame; what follows the last one does not matter. */
  static OptionalDouble seconds(byte[] file) {
    double seconds = 0;
    for (int at = Id3Tag.end(file); at >= 0 && at + 6 <= file.length; ) {
      Frame frame = frame(file, at);
      if (frame.bytes() == 0) {
        break;
      }
      seconds += frame.seconds();
      at += frame.bytes();
    }
    return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  /**
   * One frame.
   *
   * @param bytes 0 for none
   */
  private record Frame(int bytes, double seconds) {
    static final Frame NONE = new Frame(0, 0);
  }

  private static Frame frame(byte[] file, int at) {
    int second = file[at + 1] & 0xff;
    if (file[at] != (byte) 0xff || second < 0xe0) {
      return Frame.NONE;
    }
    return (second & 0b110) == 0 ? aac(file, at) : layer3(file, at);
  }

  private static Frame aac(byte[] file, int at) {
    int rate = (file[at + 2] >> 2) & 0xf;
    int bytes = (file[at + 3] & 3) << 11 | (file[at + 4] & 0xff) << 3 | (file[at + 5] & 0xff) >> 5;
    return rate < AAC_RATES.length && bytes > 6
        ? new Frame(bytes, 1_024.0 / AAC_RATES[rate])
        : Frame.NONE;
  }

  private static Frame layer3(byte[] file, int at) {
    int version = (file[at + 1] >> 3) & 3; // 3 is MPEG-1, 2 is MPEG-2, 0 is 2.5
    int layer = (file[at + 1] >> 1) & 3;
    int bitRate = (file[at + 2] >> 4) & 0xf;
    int rate = (file[at + 2] >> 2) & 3;
    if (version == 1 || layer != 1 || bitRate == 0 || bitRate == 15 || rate == 3) {
      return Frame.NONE;
    }
    boolean one = version == 3;
    int samples = one ? 1_152 : 576;
    int hertz = MPEG1_RATES[rate] / (one ? 1 : version == 2 ? 2 : 4);
    int kbits = one ? MPEG1_KBITS[bitRate] : MPEG2_KBITS[bitRate];
    int padding = (file[at + 2] >> 1) & 1;
    return new Frame(samples / 8 * kbits * 1_000 / hertz + padding, samples / (double) hertz);
  }
}

package dev.spillway.emulator.media;

/** RIFF with PCM of 16 bits; the text follows the samples as a comment. */
final class WavWriter {

  private static final int PCM = 1;
  private static final int CHANNELS = 1;
  private static final int SAMPLE_BYTES = 2;

  private WavWriter() {}

  static byte[] write(Sound sound) {
    byte[] samples = pcm(sound);
    byte[] comment = comment(sound.text());
    return new LittleEndian(64 + samples.length + comment.length)
        .ascii("RIFF")
        .int32(4 + 8 + 16 + 8 + samples.length + comment.length)
        .ascii("WAVEfmt ")
        .int32(16)
        .int16(PCM)
        .int16(CHANNELS)
        .int32(Sound.RATE)
        .int32(Sound.RATE * CHANNELS * SAMPLE_BYTES)
        .int16(CHANNELS * SAMPLE_BYTES)
        .int16(SAMPLE_BYTES * Byte.SIZE)
        .ascii("data")
        .int32(samples.length)
        .bytes(samples)
        .bytes(comment)
        .toBytes();
  }

  /** The samples alone. */
  static byte[] pcm(Sound sound) {
    short[] samples = sound.samples();
    byte[] bytes = new byte[samples.length * SAMPLE_BYTES];
    for (int i = 0; i < samples.length; i++) {
      bytes[2 * i] = (byte) samples[i];
      bytes[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return bytes;
  }

  private static byte[] comment(String text) {
    byte[] comment = SpokenText.comment(text);
    int padded = comment.length + 2 - comment.length % 2; // ends with a nought, of even length
    return new LittleEndian(padded + 20)
        .ascii("LIST")
        .int32(4 + 8 + padded)
        .ascii("INFOICMT")
        .int32(padded)
        .bytes(comment)
        .bytes(new byte[padded - comment.length])
        .toBytes();
  }
}

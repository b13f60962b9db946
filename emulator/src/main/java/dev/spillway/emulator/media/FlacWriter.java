package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** FLAC whose samples are all written out. */
final class FlacWriter {

  private static final int BLOCK = 4_096;
  private static final int STREAM_INFO = 0;
  private static final int COMMENT = 4;
  private static final int LAST = 0x80;
  private static final int RATE_24000 = 0b0111;
  private static final int SIZE_IN_16_BITS = 0b0111;
  private static final int SAMPLES_OF_16_BITS = 0b100;
  private static final int VERBATIM = 0b0000_0010;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FlacWriter() {}

  static byte[] write(Sound sound) {
    FlacWriter writer = new FlacWriter();
    short[] samples = sound.samples();
    writer.out.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
    writer.block(STREAM_INFO, info(samples.length));
    writer.block(COMMENT | LAST, VorbisComment.of(sound.text()));
    for (int frame = 0; frame * BLOCK < samples.length; frame++) {
      writer.out.writeBytes(frame(samples, frame));
    }
    return writer.out.toByteArray();
  }

  private void block(int type, byte[] content) {
    out.write(type);
    out.write(content.length >> 16);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
  }

  /** The sizes of frames and the digest of the samples are left open, as they may be. */
  private static byte[] info(int samples) {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    BitWriter bits = new BitWriter(info, false);
    bits.write(BLOCK, 16);
    bits.write(BLOCK, 16);
    bits.write(0, 24);
    bits.write(0, 24);
    bits.write(Sound.RATE, 20);
    bits.write(1 - 1, 3);
    bits.write(16 - 1, 5);
    bits.write(0, 4);
    bits.write(samples, 32);
    info.writeBytes(new byte[16]);
    return info.toByteArray();
  }

  private static byte[] frame(short[] samples, int number) {
    int start = number * BLOCK;
    int length = Math.min(BLOCK, samples.length - start);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(2 * length + 16);
    frame.write(0xff);
    frame.write(0xf8);
    frame.write(SIZE_IN_16_BITS << 4 | RATE_24000);
    frame.write(SAMPLES_OF_16_BITS << 1);
    frame.writeBytes(new String(Character.toChars(number)).getBytes(StandardCharsets.UTF_8));
    frame.write((length - 1) >> 8);
    frame.write(length - 1);
    frame.write(Checksum.CRC_8.of(frame.toByteArray()));
    frame.write(VERBATIM);
    for (int i = start; i < start + length; i++) {
      frame.write(samples[i] >> 8);
      frame.write(samples[i]);
    }
    int checksum = Checksum.CRC_16.of(frame.toByteArray());
    frame.write(checksum >> 8);
    frame.write(checksum);
    return frame.toByteArray();
  }
}

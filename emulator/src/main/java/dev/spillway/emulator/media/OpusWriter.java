package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Opus in Ogg, of as much silence as a sound is long. */
final class OpusWriter {

  /** Opus counts in these whatever the sound's rate is. */
  private static final int RATE = 48_000;

  /** Twenty milliseconds of nothing. */
  private static final byte[] SILENCE = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};

  private static final int PACKET_SAMPLES = RATE / 50;
  private static final int PACKETS_A_PAGE = 50;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int CHECKSUM_AT = 22;
  private static final int SERIAL = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int pages;

  private OpusWriter() {}

  static byte[] write(Sound sound) {
    OpusWriter writer = new OpusWriter();
    writer.page(FIRST, 0, 1, head());
    writer.page(0, 0, 1, tags(sound.text()));
    writer.silence((long) Math.ceil(sound.seconds() * RATE));
    return writer.out.toByteArray();
  }

  private static byte[] head() {
    return new LittleEndian(19)
        .ascii("OpusHead")
        .int8(1)
        .int8(1)
        .int16(0)
        .int32(Sound.RATE)
        .int16(0)
        .int8(0)
        .toBytes();
  }

  private static byte[] tags(String text) {
    return new LittleEndian(128).ascii("OpusTags").bytes(VorbisComment.of(text)).toBytes();
  }

  private void silence(long samples) {
    long packets = Math.max(1, (samples + PACKET_SAMPLES - 1) / PACKET_SAMPLES);
    for (long done = 0; done < packets; ) {
      int now = (int) Math.min(PACKETS_A_PAGE, packets - done);
      done += now;
      boolean last = done == packets;
      LittleEndian content = new LittleEndian(now * SILENCE.length);
      for (int i = 0; i < now; i++) {
        content.bytes(SILENCE);
      }
      // The last page ends within its last packet, where the sound does.
      page(last ? LAST : 0, last ? samples : done * PACKET_SAMPLES, now, content.toBytes());
    }
  }

  /** A page of packets that are equally long. */
  private void page(int flags, long position, int packets, byte[] content) {
    byte[] lengths = lengths(packets, content.length / packets);
    byte[] page =
        new LittleEndian(32 + lengths.length + content.length)
            .ascii("OggS")
            .int8(0)
            .int8(flags)
            .int64(position)
            .int32(SERIAL)
            .int32(pages++)
            .int32(0)
            .int8(lengths.length)
            .bytes(lengths)
            .bytes(content)
            .toBytes();
    ByteBuffer.wrap(page)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(CHECKSUM_AT, Checksum.CRC_32.of(page));
    out.writeBytes(page);
  }

  private static byte[] lengths(int packets, int each) {
    ByteArrayOutputStream lengths = new ByteArrayOutputStream();
    for (int i = 0; i < packets; i++) {
      for (int rest = each; ; rest -= 255) {
        lengths.write(Math.min(rest, 255));
        if (rest < 255) {
          break;
        }
      }
    }
    return lengths.toByteArray();
  }
}

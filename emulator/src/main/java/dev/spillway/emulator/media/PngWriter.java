package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A PNG of two bits a pixel.
 *
 * <p>A row that repeats the one above it is written as differences, which are all nought: most rows
 * of a drawing, so that its file is small.
 */
final class PngWriter {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int BITS = 2;
  private static final int PALETTE_COLOURS = 3;
  private static final int FILTER_NONE = 0;
  private static final int FILTER_UP = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private PngWriter() {}

  static byte[] write(Drawing drawing) {
    PngWriter writer = new PngWriter();
    try {
      writer.file(drawing);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never by a byte array
    }
    return writer.bytes.toByteArray();
  }

  private void file(Drawing drawing) throws IOException {
    out.write(SIGNATURE);
    chunk("IHDR", header(drawing.size()));
    chunk("PLTE", colours(drawing.palette()));
    if (drawing.palette().transparent()) {
      chunk("tRNS", new byte[] {0});
    }
    chunk("IDAT", pixels(drawing));
    chunk("IEND", new byte[0]);
  }

  private static byte[] header(PictureSize size) {
    return ByteBuffer.allocate(13)
        .putInt(size.width())
        .putInt(size.height())
        .put((byte) BITS)
        .put((byte) PALETTE_COLOURS)
        .array();
  }

  private static byte[] colours(Palette palette) {
    int[] colours = palette.colours();
    byte[] entries = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      entries[3 * i] = (byte) (colours[i] >> 16);
      entries[3 * i + 1] = (byte) (colours[i] >> 8);
      entries[3 * i + 2] = (byte) colours[i];
    }
    return entries;
  }

  private static byte[] pixels(Drawing drawing) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] same = new byte[rowBytes(drawing.size())];
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(compressed)) {
      for (int y = 0; y < drawing.size().height(); y++) {
        boolean first = y % drawing.scale() == 0;
        deflated.write(first ? FILTER_NONE : FILTER_UP);
        deflated.write(first ? row(drawing, y / drawing.scale()) : same);
      }
    }
    return compressed.toByteArray();
  }

  private static byte[] row(Drawing drawing, int dots) {
    byte[] row = new byte[rowBytes(drawing.size())];
    for (int x = 0; x < drawing.size().width(); x++) {
      int colour = drawing.dot(x / drawing.scale(), dots);
      row[x * BITS / Byte.SIZE] |= (byte) (colour << (Byte.SIZE - BITS - x * BITS % Byte.SIZE));
    }
    return row;
  }

  private static int rowBytes(PictureSize size) {
    return (size.width() * BITS + Byte.SIZE - 1) / Byte.SIZE;
  }

  private void chunk(String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}

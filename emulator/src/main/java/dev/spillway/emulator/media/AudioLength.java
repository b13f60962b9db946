package dev.spillway.emulator.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/**
 * How many seconds of sound a file has, as its headers say.
 *
 * <p>WAV, FLAC, Ogg, MP4, MP3 and AAC are read; anything else, and what contradicts itself, is
 * taken for {@value #BYTES_A_SECOND} bytes a second.
 */
public final class AudioLength {

  private static final int BYTES_A_SECOND = 16_000;

  private AudioLength() {}

  public static double seconds(byte[] file) {
    return read(file).stream()
        .filter(seconds -> seconds > 0 && Double.isFinite(seconds))
        .findFirst()
        .orElse(file.length / (double) BYTES_A_SECOND);
  }

  private static OptionalDouble read(byte[] file) {
    try {
      return byKind(file);
    } catch (IndexOutOfBoundsException e) {
      return OptionalDouble.empty(); // a header that is cut off
    }
  }

  private static OptionalDouble byKind(byte[] file) {
    if (has(file, 0, "RIFF")) {
      return wav(file);
    }
    if (has(file, 0, "fLaC")) {
      return flac(file);
    }
    if (has(file, 0, "OggS")) {
      return ogg(file);
    }
    if (has(file, 4, "ftyp")) {
      return mp4(file);
    }
    return AudioFrames.seconds(file);
  }

  private static OptionalDouble wav(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long bytesASecond = 0;
    for (long at = 12; at + 8 <= file.length; ) {
      int chunk = (int) at;
      long length = Integer.toUnsignedLong(buffer.getInt(chunk + 4));
      if (has(file, chunk, "fmt ")) {
        bytesASecond = Integer.toUnsignedLong(buffer.getInt(chunk + 16));
      } else if (has(file, chunk, "data")) {
        // A length that was never filled in means the rest of the file.
        return OptionalDouble.of(
            Math.min(length, file.length - chunk - 8L) / (double) bytesASecond);
      }
      at += 8 + length + length % 2;
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble flac(byte[] file) {
    long packed = ByteBuffer.wrap(file).getLong(18);
    long rate = packed >>> 44;
    long samples = packed & 0xf_ffff_ffffL;
    return OptionalDouble.of(samples / (double) rate);
  }

  /** Where the last page ends, in samples of Opus or of the rate that a Vorbis header names. */
  private static OptionalDouble ogg(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int last = lastIndexOf(file, "OggS");
    long position = buffer.getLong(last + 6);
    boolean vorbis = has(file, 29, "vorbis");
    double rate = vorbis ? Integer.toUnsignedLong(buffer.getInt(40)) : 48_000;
    return OptionalDouble.of(position / rate);
  }

  private static OptionalDouble mp4(byte[] file) {
    int header = lastIndexOf(file, "mvhd");
    if (header < 0) {
      return OptionalDouble.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    boolean longTimes = file[header + 4] == 1;
    double scale = Integer.toUnsignedLong(buffer.getInt(header + (longTimes ? 24 : 16)));
    double length =
        longTimes
            ? buffer.getLong(header + 28)
            : Integer.toUnsignedLong(buffer.getInt(header + 20));
    return OptionalDouble.of(length / scale);
  }

  private static boolean has(byte[] file, int at, String name) {
    if (at + name.length() > file.length) {
      return false;
    }
    return new String(file, at, name.length(), StandardCharsets.ISO_8859_1).equals(name);
  }

  private static int lastIndexOf(byte[] file, String name) {
    for (int at = file.length - name.length(); at >= 0; at--) {
      if (file[at] == name.charAt(0) && has(file, at, name)) {
        return at;
      }
    }
    return -1;
  }
}

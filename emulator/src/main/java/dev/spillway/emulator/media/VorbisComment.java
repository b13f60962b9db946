package dev.spillway.emulator.media;

import java.nio.charset.StandardCharsets;

/** The comments of FLAC and Opus: who made the file, and what is said in it. */
final class VorbisComment {

  private static final byte[] VENDOR = "Spillway emulator".getBytes(StandardCharsets.US_ASCII);

  private VorbisComment() {}

  static byte[] of(String text) {
    byte[] comment = SpokenText.comment(text);
    return new LittleEndian(64 + comment.length)
        .int32(VENDOR.length)
        .bytes(VENDOR)
        .int32(1)
        .int32(comment.length)
        .bytes(comment)
        .toBytes();
  }
}

package dev.spillway.emulator.tokenizer;

import dev.spillway.emulator.request.ContentPart;

/** What something to hear adds to a prompt: ten tokens a second, by the bytes that a second has. */
final class AudioTokens {

  private static final int EACH_SECOND = 10;

  /** 24,000 samples of two bytes. */
  private static final int WAV_BYTES = 48_000;

  /** 64 kilobits. */
  private static final int MP3_BYTES = 8_000;

  private AudioTokens() {}

  static int count(ContentPart.Audio audio) {
    long bytes = audio.data().length() * 3L / 4;
    int each = audio.format().equals("wav") ? WAV_BYTES : MP3_BYTES;
    return (int) Math.max(1, bytes * EACH_SECOND / each);
  }
}

package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;

/** Files of as much silence as a sound is long, for what would need a real encoder. */
final class SilentFrames {

  /** MPEG-2 Layer III, 8 kbit/s, 24 kHz, one channel: a header, and a frame that says nothing. */
  private static final byte[] MP3 = new byte[24];

  private static final int MP3_SAMPLES = 576;

  /** AAC-LC in ADTS, 24 kHz, one channel: eleven bytes, of which four are a block of no bands. */
  private static final byte[] AAC = {
    (byte) 0xff, (byte) 0xf1, 0x58, 0x40, 0x01, 0x7f, (byte) 0xfc, 0x00, (byte) 0xc8, 0x00, 0x07
  };

  private static final int AAC_SAMPLES = 1_024;

  static {
    MP3[0] = (byte) 0xff;
    MP3[1] = (byte) 0xf3;
    MP3[2] = 0x14;
    MP3[3] = (byte) 0xc0;
  }

  private SilentFrames() {}

  static byte[] mp3(Sound sound) {
    return repeat(sound, MP3, MP3_SAMPLES);
  }

  static byte[] aac(Sound sound) {
    return repeat(sound, AAC, AAC_SAMPLES);
  }

  private static byte[] repeat(Sound sound, byte[] frame, int samples) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Id3Tag.of(sound.text()));
    int length = sound.length();
    for (int at = 0; at < length; at += samples) {
      file.writeBytes(frame);
    }
    return file.toByteArray();
  }
}

package dev.spillway.emulator.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The files that speech can be written as.
 *
 * <p>Those that would need an encoder are as long as the speech, and silent; the raw samples have
 * no place for the text.
 */
public enum SoundFormat {
  MP3("audio/mpeg"),
  OPUS("audio/opus"),
  AAC("audio/aac"),
  FLAC("audio/flac"),
  WAV("audio/wav"),
  PCM("audio/pcm");

  private final String contentType;

  SoundFormat(String contentType) {
    this.contentType = contentType;
  }

  public static Optional<SoundFormat> byName(String name) {
    return Arrays.stream(values()).filter(format -> format.onTheWire().equals(name)).findFirst();
  }

  /**
   * The file in which a voice says a text.
   *
   * @param speed 1 for the usual one
   */
  public byte[] speak(String text, double speed, String voice) {
    Sound sound = new Sound(text, speed, voice);
    return switch (this) {
      case MP3 -> SilentFrames.mp3(sound);
      case OPUS -> OpusWriter.write(sound);
      case AAC -> SilentFrames.aac(sound);
      case FLAC -> FlacWriter.write(sound);
      case WAV -> WavWriter.write(sound);
      case PCM -> WavWriter.pcm(sound);
    };
  }

  /** How long a text takes. */
  public static double seconds(String text, double speed) {
    return new Sound(text, speed, "").seconds();
  }

  public String onTheWire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String contentType() {
    return contentType;
  }
}

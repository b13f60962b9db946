package dev.spillway.emulator.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioLengthTest {

  @Test
  void aWavWhoseLengthWasNeverFilledInEndsWithTheFile() {
    byte[] wav = new byte[44 + 32_000];
    ByteBuffer.wrap(wav)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF\377\377\377\377WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(16_000)
        .putInt(0)
        .put("data".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(-1);

    assertThat(AudioLength.seconds(wav)).isEqualTo(2);
  }

  @Test
  void framesOfAnMp3AreCounted() {
    byte[] mp3 = new byte[417 * 100]; // MPEG-1, 128 kbit/s, 44.1 kHz, without padding
    for (int at = 0; at < mp3.length; at += 417) {
      mp3[at] = (byte) 0xff;
      mp3[at + 1] = (byte) 0xfb;
      mp3[at + 2] = (byte) 0x90;
    }

    assertThat(AudioLength.seconds(mp3)).isCloseTo(100 * 1152 / 44_100.0, within(0.001));
  }

  @Test
  void anMp4SaysItInItsMovieHeader() {
    byte[] mp4 = new byte[100];
    ByteBuffer.wrap(mp4)
        .putInt(16)
        .put("ftypM4A ".getBytes(StandardCharsets.ISO_8859_1))
        .position(40)
        .put("mvhd".getBytes(StandardCharsets.ISO_8859_1))
        .position(56)
        .putInt(1_000)
        .putInt(12_500);

    assertThat(AudioLength.seconds(mp4)).isEqualTo(12.5);
  }

  @Test
  void anythingElseIsTakenBySize() {
    assertThat(AudioLength.seconds(new byte[32_000])).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileHasSomeLengthAllTheSame(SoundFormat format) {
    SplittableRandom random = new SplittableRandom(5);
    byte[] file = format.speak("The quick brown fox", 1, "alloy");
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(file, random.nextInt(file.length) + 1);
      damaged[random.nextInt(Math.min(damaged.length, 200))] = (byte) random.nextInt();

      assertThat(AudioLength.seconds(damaged)).isPositive().isFinite();
    }
  }
}

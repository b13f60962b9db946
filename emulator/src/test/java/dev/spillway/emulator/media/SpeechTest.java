package dev.spillway.emulator.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SpeechTest {

  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, and the na\u00efve \u72d0\u72f8 sleeps.";

  @Test
  void aWavIsReadByTheJdkAndIsAsLongAsTheWordsTake()
      throws IOException, UnsupportedAudioFileException {
    byte[] wav = SoundFormat.WAV.speak(TEXT, 1, "alloy");

    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(sound.getFormat().getSampleRate()).isEqualTo(24_000);
      assertThat(sound.getFormat().getSampleSizeInBits()).isEqualTo(16);
      assertThat(sound.getFormat().getChannels()).isEqualTo(1);
      double letters = TEXT.length() + 1;
      assertThat(sound.getFrameLength() / 24_000.0).isCloseTo(letters / 15, within(0.01));
      byte[] samples = sound.readAllBytes();
      assertThat(samples).isEqualTo(SoundFormat.PCM.speak(TEXT, 1, "alloy"));
      assertThat(loudest(samples)).isBetween(3_000, 6_000);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PCM")
  void everyKindOfFileIsAsLongAsTheSpeechAndKeepsItsText(SoundFormat format) {
    byte[] file = format.speak(TEXT, 1, "alloy");

    double seconds = SoundFormat.PCM.speak(TEXT, 1, "alloy").length / 48_000.0;
    assertThat(AudioLength.seconds(file)).isCloseTo(seconds, within(0.05));
    assertThat(SpokenText.in(file)).contains(TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void twiceTheSpeedTakesHalfTheTime(SoundFormat format) {
    int usual = format.speak(TEXT.repeat(20), 1, "alloy").length;

    assertThat(format.speak(TEXT.repeat(20), 2, "alloy").length).isLessThan(usual);
    assertThat(SoundFormat.PCM.speak(TEXT, 2, "alloy").length * 2.0)
        .isCloseTo(SoundFormat.PCM.speak(TEXT, 1, "alloy").length, within(100.0));
  }

  @Test
  void theChecksumsAreTheWellKnownOnes() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

    // The check values of CRC-8/SMBUS, CRC-16/UMTS and CRC-32 without reflection (Ogg's).
    assertThat(Checksum.CRC_8.of(digits)).isEqualTo(0xf4);
    assertThat(Checksum.CRC_16.of(digits)).isEqualTo(0xfee8);
    assertThat(Checksum.CRC_32.of(digits)).isEqualTo(0x89a1897f);
  }

  @Test
  void aFileOfSomebodyElseSaysNothingAndNeitherDoesADamagedComment() {
    byte[] wav = SoundFormat.WAV.speak(TEXT, 1, "alloy");

    assertThat(SpokenText.in(new byte[1_000])).isEmpty();
    assertThat(SpokenText.in(Arrays.copyOf(wav, wav.length - 10))).isEmpty();
    assertThat(SpokenText.in("SPILLWAY_SPEECH=999999:x".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(SpokenText.in("SPILLWAY_SPEECH=".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aCommentIsFoundBehindItsNameInEveryWayOfWritingIt() {
    assertThat(
            SpokenText.in("SPILLWAY_SPEECH\0SPILLWAY_SPEECH=2:hi".getBytes(StandardCharsets.UTF_8)))
        .contains("hi");
    assertThat(SpokenText.in("x SPILLWAY_SPEECH\0002:hi".getBytes(StandardCharsets.UTF_8)))
        .contains("hi");
  }

  private static int loudest(byte[] samples) {
    int loudest = 0;
    for (int i = 0; i < samples.length; i += 2) {
      loudest = Math.max(loudest, Math.abs((samples[i + 1] << 8) | (samples[i] & 0xff)));
    }
    return loudest;
  }
}

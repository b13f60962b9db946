package dev.spillway.emulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {

  private static final String TEXT = "One two. Three four five six!";

  @Test
  void sentencesFillTheWholeTimeWithoutGaps() {
    List<Timing.Span> segments = Timing.segments(TEXT, 6);

    assertThat(segments)
        .containsExactly(
            new Timing.Span("One two.", 0, 1.8), new Timing.Span("Three four five six!", 1.8, 6));
  }

  @Test
  void wordsFillTheirSentenceAndLoseItsPunctuation() {
    List<Timing.Span> words = Timing.words(new Timing.Span("One two.", 1, 2));

    assertThat(words).extracting(Timing.Span::text).containsExactly("One", "two");
    assertThat(words.getFirst().start()).isEqualTo(1);
    assertThat(words.getFirst().end()).isEqualTo(words.getLast().start());
    assertThat(words.getLast().end()).isEqualTo(2);
  }

  @Test
  void nothingSaidIsNoSegment() {
    assertThat(Timing.segments("  ", 3)).isEmpty();
  }

  @Test
  void subtitlesOfBothKinds() {
    List<Timing.Span> segments = List.of(new Timing.Span("A --> b", 3_661.5, 3_662.25));

    assertThat(Subtitles.srt(segments)).isEqualTo("1\n01:01:01,500 --> 01:01:02,250\nA --> b\n\n");
    assertThat(Subtitles.vtt(segments))
        .isEqualTo("WEBVTT\n\n01:01:01.500 --> 01:01:02.250\nA -> b\n\n");
  }
}

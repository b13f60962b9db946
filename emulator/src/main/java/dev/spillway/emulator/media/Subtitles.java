package dev.spillway.emulator.media;

import java.util.List;

/** Timed texts as files of subtitles. */
public final class Subtitles {

  private Subtitles() {}

  /** SubRip: numbered, with a comma before the thousandths. */
  public static String srt(List<Timing.Span> segments) {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      file.append(i + 1).append('\n').append(cue(segments.get(i), ',', true)).append('\n');
    }
    return file.toString();
  }

  /** WebVTT: a heading, a point before the thousandths. */
  public static String vtt(List<Timing.Span> segments) {
    StringBuilder file = new StringBuilder("WEBVTT\n\n");
    for (Timing.Span segment : segments) {
      file.append(cue(segment, '.', false)).append('\n');
    }
    return file.toString();
  }

  private static String cue(Timing.Span segment, char mark, boolean srt) {
    String text = srt ? segment.text() : segment.text().replace("-->", "->");
    return time(segment.start(), mark) + " --> " + time(segment.end(), mark) + "\n" + text + "\n";
  }

  private static String time(double seconds, char mark) {
    long thousandths = Math.round(seconds * 1_000);
    return "%02d:%02d:%02d%c%03d"
        .formatted(
            thousandths / 3_600_000,
            thousandths / 60_000 % 60,
            thousandths / 1_000 % 60,
            mark,
            thousandths % 1_000);
  }
}

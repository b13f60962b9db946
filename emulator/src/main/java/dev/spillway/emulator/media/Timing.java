package dev.spillway.emulator.media;

import java.util.ArrayList;
import java.util.List;

/** A text with the seconds at which its parts are said: longer parts take longer. */
public final class Timing {

  /** A sentence above this many letters is said in two. */
  private static final int LONGEST = 160;

  private Timing() {}

  /** A part of a text, and when it is said. */
  public record Span(String text, double start, double end) {}

  /** Sentence by sentence. */
  public static List<Span> segments(String text, double seconds) {
    return spread(sentences(text.strip()), 0, seconds);
  }

  /** Word by word, without punctuation at their ends. */
  public static List<Span> words(Span segment) {
    List<String> words =
        List.of(segment.text().strip().split("\\s+", -1)).stream()
            .map(word -> word.replaceAll("^\\p{Punct}+|\\p{Punct}+$", ""))
            .filter(word -> !word.isEmpty())
            .toList();
    return spread(words, segment.start(), segment.end());
  }

  private static List<Span> spread(List<String> parts, double start, double end) {
    double letters = parts.stream().mapToInt(part -> part.length() + 1).sum();
    List<Span> spans = new ArrayList<>();
    double from = start;
    int said = 0;
    for (String part : parts) {
      said += part.length() + 1;
      double to = hundredths(start + (end - start) * said / letters);
      spans.add(new Span(part, hundredths(from), to));
      from = to;
    }
    return List.copyOf(spans);
  }

  private static double hundredths(double seconds) {
    return Math.round(seconds * 100) / 100.0;
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    StringBuilder sentence = new StringBuilder();
    for (String word : text.split("\\s+", -1)) {
      sentence.append(sentence.isEmpty() ? "" : " ").append(word);
      if (word.matches(".*[.!?]") || sentence.length() > LONGEST) {
        sentences.add(sentence.toString());
        sentence.setLength(0);
      }
    }
    if (!sentence.isEmpty()) {
      sentences.add(sentence.toString());
    }
    return sentences;
  }
}

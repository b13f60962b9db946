package dev.spillway.emulator.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Seeded prose of so many words, as somebody may have said it. */
public final class Utterance {

  private Utterance() {}

  /** Ends with a point, be it in the middle of a sentence. */
  public static String of(int words, RandomGenerator random) {
    List<String> said = new ArrayList<>();
    while (said.size() < words) {
      said.addAll(List.of(sentence(random).split(" ", -1)));
    }
    String text = String.join(" ", said.subList(0, words));
    return text.endsWith(".") ? text : text.replaceAll("\\p{Punct}$", "") + ".";
  }

  private static String sentence(RandomGenerator random) {
    return any(Phrases.SUBJECTS, random)
        + any(Phrases.VERBS, random)
        + any(Phrases.OBJECTS, random)
        + any(Phrases.ENDINGS, random);
  }

  private static String any(List<String> phrases, RandomGenerator random) {
    return phrases.get(random.nextInt(phrases.size()));
  }
}

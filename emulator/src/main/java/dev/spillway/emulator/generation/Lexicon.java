package dev.spillway.emulator.generation;

import dev.spillway.emulator.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The phrases with their tokens in one vocabulary.
 *
 * <p>A phrase starts at a token boundary wherever it stands, so that the tokens of a text are those
 * of its phrases one after the other, and nothing has to be counted while an answer is written.
 */
final class Lexicon {

  private final List<List<String>> firstSubjects;
  private final List<List<String>> subjects;
  private final List<List<String>> verbs;
  private final List<List<String>> objects;
  private final List<List<String>> endings;

  Lexicon(Tokenizer tokenizer) {
    firstSubjects = Phrases.SUBJECTS.stream().map(tokenizer::split).toList();
    subjects = Phrases.SUBJECTS.stream().map(phrase -> tokenizer.split(" " + phrase)).toList();
    verbs = Phrases.VERBS.stream().map(tokenizer::split).toList();
    objects = Phrases.OBJECTS.stream().map(tokenizer::split).toList();
    endings = Phrases.ENDINGS.stream().map(tokenizer::split).toList();
  }

  /** Sentences until there are at least so many tokens. */
  List<String> write(int tokens, RandomGenerator random) {
    List<String> text = new ArrayList<>(tokens + 24);
    while (text.size() < tokens) {
      text.addAll(any(text.isEmpty() ? firstSubjects : subjects, random));
      text.addAll(any(verbs, random));
      text.addAll(any(objects, random));
      text.addAll(any(endings, random));
    }
    return text;
  }

  private static List<String> any(List<List<String>> phrases, RandomGenerator random) {
    return phrases.get(random.nextInt(phrases.size()));
  }
}

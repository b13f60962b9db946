package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A made-up summary of a model's reasoning, word by word: a title and what it thought. */
final class ReasoningSummary {

  private static final List<String> TITLES =
      List.of(
          "**Weighing the options**",
          "**Going through the request**",
          "**Planning the answer**",
          "**Checking the details**");
  private static final List<String> THOUGHTS =
      List.of(
          " I'm looking at what was asked, and what a good answer would have to hold.",
          " It seems best to go through this step by step, and to keep the order that was given.",
          " There is more than one way to read this, so I'll take the plainer one.",
          " I want to be sure that the parts fit together before I write them down.");

  private ReasoningSummary() {}

  static List<String> words(CallSeed seed) {
    SplittableRandom random = seed.random("reasoning_summary");
    List<String> words = new ArrayList<>();
    words.add(TITLES.get(random.nextInt(TITLES.size())) + "\n\n");
    int first = random.nextInt(THOUGHTS.size());
    String thoughts = THOUGHTS.get(first).strip() + THOUGHTS.get((first + 1) % THOUGHTS.size());
    words.addAll(Arrays.asList(thoughts.split("(?= )")));
    return words;
  }
}

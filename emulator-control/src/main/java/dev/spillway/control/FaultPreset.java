package dev.spillway.control;

import java.util.List;

/**
 * A 429 of the collection: a real one that clients have stumbled over.
 *
 * @param what it does to clients, in a sentence
 * @param threads where they tell of it
 */
public record FaultPreset(String name, String what, List<String> threads) {

  public FaultPreset {
    threads = List.copyOf(threads);
  }
}

package dev.spillway.emulator.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How likely a token was, and which others were likely in its place; made up from the seed.
 *
 * <p>The token itself has more than half of the probability, each other one a share of what is
 * left, so that the likely ones are in order and never add up to more than one.
 *
 * @param likely the most likely ones, the token itself first
 */
public record TokenOdds(Odds token, List<Odds> likely) {

  /** A token with the natural logarithm of its probability. */
  public record Odds(String text, double logprob) {}

  private static final List<String> OTHERS =
      List.of(
          " the", " a", " of", " and", " to", ".", ",", " in", " is", " it", " water", " that",
          " with", "\n", " for", " on", " as", " by", " which", " its", " an", " from");

  /** Probabilities have so many decimals of a logarithm. */
  private static final double DECIMALS = 1e6;

  /**
   * The odds at a place of a choice.
   *
   * @param most how many likely ones are asked for
   */
  public static TokenOdds of(CallSeed seed, int choice, int place, String text, int most) {
    SplittableRandom random =
        new SplittableRandom(Hashing.mix(Hashing.mix(seed.text(), choice), place));
    double probability = 1 - 0.49 * Math.pow(random.nextDouble(), 3);
    Odds token = odds(text, probability);
    List<Odds> likely = new ArrayList<>();
    int other = random.nextInt(OTHERS.size());
    double left = 1 - probability;
    for (int i = 0; likely.size() < most && i <= OTHERS.size(); i++) {
      String candidate = i == 0 ? text : OTHERS.get((other + i) % OTHERS.size());
      if (i == 0) {
        likely.add(token);
      } else if (!candidate.equals(text)) {
        double share = left * random.nextDouble(0.5, 0.7);
        likely.add(odds(candidate, Math.max(share, 1e-9)));
        left -= share;
      }
    }
    return new TokenOdds(token, likely);
  }

  private static Odds odds(String text, double probability) {
    return new Odds(text, Math.round(Math.log(probability) * DECIMALS) / DECIMALS + 0.0);
  }
}

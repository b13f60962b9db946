package dev.spillway.router.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much a prompt asks for, between 0 and 1, by what can be counted in it. The same prompt has
 * the same score always.
 *
 * <p>Each sign takes away part of what is missing to 1: {@code 1 - (1 - length)(1 - code)...},
 * where a sign is {@code most x min(1, count / enough)}, as the table below has it. So one strong
 * sign gives about a half, and no sign alone gives more.
 *
 * @param characters of the whole prompt
 * @param codeBlocks fenced ones in what the user said last, one that is left open counted as whole
 * @param questions question marks in it, but for those inside of a word or an address
 * @param constraints words such as "must" and "without" in it, and items of its lists
 * @param tasks words such as "prove", "compare" and "refactor" in it
 * @param mathSymbols in it, and commands of LaTeX
 * @param messages of the whole conversation
 * @param tools that the model may call
 */
public record Complexity(
    long characters,
    int codeBlocks,
    int questions,
    int constraints,
    int tasks,
    int mathSymbols,
    int messages,
    int tools) {

  static final Complexity NONE = new Complexity(0, 0, 0, 0, 0, 0, 0, 0);

  /** What each sign is worth at most, and how many are enough for that. */
  private enum Sign {
    LENGTH(0.5, 16_000),
    CODE(0.4, 2),
    QUESTIONS(0.3, 4),
    CONSTRAINTS(0.5, 6),
    TASKS(0.4, 2),
    MATHS(0.4, 6),
    TURNS(0.2, 20),
    TOOLS(0.3, 8);

    private final double most;
    private final double enough;

    Sign(double most, double enough) {
      this.most = most;
      this.enough = enough;
    }

    double worth(Complexity of) {
      return most * Math.min(1, of.count(this) / enough);
    }
  }

  /** From 0 for nothing to nearly 1. */
  public double score() {
    double missing = 1;
    for (Sign sign : Sign.values()) {
      missing *= 1 - sign.worth(this);
    }
    return 1 - missing;
  }

  /** The signs that count for most, as in {@code code 0.40, maths 0.20}. */
  public String reasons() {
    return Arrays.stream(Sign.values())
        .collect(Collectors.toMap(sign -> sign, sign -> sign.worth(this)))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<Sign, Double>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
        .limit(2)
        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + rounded(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, " %.2f", value);
  }

  private double count(Sign sign) {
    return switch (sign) {
      case LENGTH -> characters;
      case CODE -> codeBlocks;
      case QUESTIONS -> questions;
      case CONSTRAINTS -> constraints;
      case TASKS -> tasks;
      case MATHS -> mathSymbols;
      case TURNS -> messages <= 1 ? 0 : messages;
      case TOOLS -> tools;
    };
  }
}

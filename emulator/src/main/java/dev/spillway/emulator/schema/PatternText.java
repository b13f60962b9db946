package dev.spillway.emulator.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes texts that a regular expression matches.
 *
 * <p>It knows literals, escapes, {@code .}, {@code \d \w \s} and their opposites, classes with
 * ranges, groups, alternatives, anchors at the ends, and all quantifiers. Lookaround, back
 * references, word boundaries, {@code \p{…}} and intersections of classes it does not know.
 */
final class PatternText {

  private static final int MOST_REPEATS = 1_000;
  private static final int MORE = 6;

  /** A part of an expression. */
  private interface Part {
    void write(StringBuilder out, RandomGenerator random);
  }

  /** Ends the reading of what is not known. */
  private static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super(null, null, false, false);
    }
  }

  private final String pattern;
  private int at;

  private PatternText(String pattern) {
    this.pattern = pattern;
  }

  /** A text, or none for an expression that it does not know. */
  static Optional<String> write(String pattern, RandomGenerator random) {
    try {
      PatternText reading = new PatternText(pattern);
      Part whole = reading.alternatives();
      if (reading.at < pattern.length()) {
        return Optional.empty();
      }
      StringBuilder out = new StringBuilder();
      whole.write(out, random);
      return Optional.of(out.toString());
    } catch (Unknown | StringIndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Part alternatives() {
    List<Part> all = new ArrayList<>();
    all.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      all.add(sequence());
    }
    return (out, random) -> Choices.any(all, random).write(out, random);
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      Part atom = atom();
      parts.add(quantified(atom));
    }
    return (out, random) -> parts.forEach(part -> part.write(out, random));
  }

  private Part atom() {
    char first = pattern.charAt(at++);
    return switch (first) {
      case '^', '$' -> (out, random) -> {};
      case '(' -> group();
      case '[' -> drawn(characterClass());
      case '.' -> drawn(CharacterSet.WORD);
      case '\\' -> drawn(escaped());
      case '*', '+', '?' -> throw new Unknown();
      default -> (out, random) -> out.append(first);
    };
  }

  private static Part drawn(CharacterSet characters) {
    if (characters.isEmpty()) {
      throw new Unknown();
    }
    return (out, random) -> out.append(characters.any(random));
  }

  private Part group() {
    if (pattern.charAt(at) == '?') {
      at++;
      char kind = pattern.charAt(at++);
      if (kind == '<' && pattern.charAt(at) != '=' && pattern.charAt(at) != '!') {
        at = pattern.indexOf('>', at) + 1;
      } else if (kind != ':') {
        throw new Unknown();
      }
    }
    Part inside = alternatives();
    if (pattern.charAt(at++) != ')') {
      throw new Unknown();
    }
    return inside;
  }

  private CharacterSet escaped() {
    char escape = pattern.charAt(at++);
    return switch (escape) {
      case 'd' -> CharacterSet.DIGIT;
      case 'D' -> CharacterSet.DIGIT.opposite();
      case 'w' -> CharacterSet.WORD;
      case 'W' -> CharacterSet.WORD.opposite();
      case 's' -> CharacterSet.of(' ');
      case 'S' -> CharacterSet.WORD;
      case 't' -> CharacterSet.of('\t');
      case 'n' -> CharacterSet.of('\n');
      case 'r' -> CharacterSet.of('\r');
      case 'u' -> CharacterSet.of(hex(4));
      case 'x' -> CharacterSet.of(hex(2));
      default -> {
        if (Character.isLetterOrDigit(escape)) {
          throw new Unknown();
        }
        yield CharacterSet.of(escape);
      }
    };
  }

  private char hex(int digits) {
    at += digits;
    return (char) Integer.parseInt(pattern.substring(at - digits, at), 16);
  }

  private CharacterSet characterClass() {
    boolean negated = pattern.charAt(at) == '^';
    if (negated) {
      at++;
    }
    CharacterSet all = new CharacterSet();
    while (pattern.charAt(at) != ']') {
      CharacterSet one = member();
      if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        at++;
        all.addRange(one.single().orElseThrow(Unknown::new), last());
      } else {
        all.addAll(one);
      }
    }
    at++;
    return negated ? all.opposite() : all;
  }

  private char last() {
    return member().single().orElseThrow(Unknown::new);
  }

  private CharacterSet member() {
    char character = pattern.charAt(at++);
    if (character == '[' || (character == '&' && pattern.charAt(at) == '&')) {
      throw new Unknown();
    }
    return character == '\\' ? escaped() : CharacterSet.of(character);
  }

  private Part quantified(Part part) {
    if (at == pattern.length()) {
      return part;
    }
    char quantifier = pattern.charAt(at);
    return switch (quantifier) {
      case '?' -> repeated(part, 0, 1, at + 1);
      case '*' -> repeated(part, 0, MORE, at + 1);
      case '+' -> repeated(part, 1, MORE + 1, at + 1);
      case '{' -> counted(part, pattern.indexOf('}', at));
      default -> part;
    };
  }

  private Part counted(Part part, int brace) {
    String[] bounds = pattern.substring(at + 1, brace).split(",", -1);
    int least = Integer.parseInt(bounds[0]);
    boolean open = bounds.length > 1 && bounds[1].isEmpty();
    int most = open ? least + MORE : Integer.parseInt(bounds[bounds.length - 1]);
    return repeated(part, least, most, brace + 1);
  }

  private Part repeated(Part part, int least, int most, int next) {
    if (least > MOST_REPEATS || most < least) {
      throw new Unknown();
    }
    at = next;
    if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
      at++; // lazy or possessive: the same texts
    }
    int upTo = Math.min(most, Math.max(least + MORE, MORE)) + 1;
    return (out, random) -> {
      int times = random.nextInt(least, upTo);
      for (int i = 0; i < times && out.length() < MOST_REPEATS * 4; i++) {
        part.write(out, random);
      }
    };
  }
}

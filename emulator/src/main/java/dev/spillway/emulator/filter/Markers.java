package dev.spillway.emulator.filter;

import dev.spillway.emulator.filter.Effect.Asynchronous;
import dev.spillway.emulator.filter.Effect.Down;
import dev.spillway.emulator.filter.Effect.Found;
import dev.spillway.emulator.filter.Effect.Listed;
import dev.spillway.emulator.filter.Effect.Off;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words in a prompt that tell the filter what to believe, without any configuration: {@code
 * [[filter:sexual:high]]}, {@code [[filter:jailbreak]]}, {@code
 * [[filter:completion:violence:medium]]}, {@code [[filter:error]]}.
 *
 * @param effects what those say that can be read
 * @param unreadable the first that cannot; null for none
 */
record Markers(List<Effect> effects, @Nullable String unreadable) {

  private static final String START = "[[filter:";
  private static final int LONGEST = 120;

  private static final Pattern GUILT =
      Pattern.compile(
          "(?<completion>completion(?:#(?<choice>\\d{1,3}))?:)?"
              + "(?:blocklist:(?<list>[^\\[\\]:]+)"
              + "|(?<category>[a-z_]+)(?::(?<severity>low|medium|high))?"
              + "(?::(?<instead>annotate|block))?)");

  static Markers in(List<String> texts) {
    List<Effect> effects = new ArrayList<>();
    String unreadable = null;
    for (String text : texts) {
      for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
        Optional<Effect> effect = effect(inside(text, at + START.length()));
        effect.ifPresent(effects::add);
        if (effect.isEmpty() && unreadable == null) {
          unreadable = shown(text, at);
        }
      }
    }
    return new Markers(List.copyOf(effects), unreadable);
  }

  /** What stands between the start and the closing brackets; without those nothing. */
  private static String inside(String text, int from) {
    int end = text.indexOf("]]", from);
    return end < 0 || end - from > LONGEST ? "" : text.substring(from, end);
  }

  private static String shown(String text, int at) {
    int end = text.indexOf("]]", at);
    return end < 0 || end - at > LONGEST ? START : text.substring(at, end + 2);
  }

  private static Optional<Effect> effect(String inside) {
    return switch (inside) {
      case "error" -> Optional.of(new Down());
      case "off" -> Optional.of(new Off());
      case "asynchronous" -> Optional.of(new Asynchronous());
      default -> guilt(inside);
    };
  }

  private static Optional<Effect> guilt(String inside) {
    Matcher words = GUILT.matcher(inside);
    if (!words.matches()) {
      return Optional.empty();
    }
    Side side = words.group("completion") == null ? Side.PROMPT : Side.COMPLETION;
    String choice = words.group("choice");
    Integer only = choice == null ? null : Integer.valueOf(choice);
    String list = words.group("list");
    if (list != null) {
      return Optional.of(new Listed(side, only, list));
    }
    return FilterCategory.find(words.group("category"))
        .filter(category -> category.isLookedForIn(side))
        .flatMap(category -> found(words, side, only, category));
  }

  /** A severity belongs to the categories that have one, and only to them. */
  private static Optional<Effect> found(
      Matcher words, Side side, @Nullable Integer choice, FilterCategory category) {
    String severity = words.group("severity");
    if ((severity != null) != category.graded()) {
      return Optional.empty();
    }
    Severity found =
        severity == null ? Severity.HIGH : Severity.find(severity).orElse(Severity.HIGH);
    return Optional.of(new Found(side, choice, category, found, instead(words.group("instead"))));
  }

  private static @Nullable Rule instead(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return word.equals("block") ? Rule.BLOCK : Rule.ANNOTATE;
  }
}

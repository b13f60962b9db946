package dev.spillway.emulator.schema;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words a property's name is made of: {@code orderId}, {@code order_id} and {@code order-id}.
 */
final class Naming {

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[a-z])(?=[A-Z])");

  private Naming() {}

  static List<String> words(String name) {
    return BETWEEN
        .splitAsStream(name)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  static String lastWord(String name) {
    List<String> words = words(name);
    return words.isEmpty() ? "" : words.getLast();
  }
}

package dev.spillway.router.config;

import dev.spillway.yaml.YamlValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of tokens, requests or units: {@code 500}, {@code 40k}, {@code 2M}. */
final class Amount {

  private static final String EXPECTED = "a whole number above 0, such as 500, 40k or 2M";
  private static final Pattern NUMBER = Pattern.compile("([1-9]\\d{0,11})([kM]?)");

  private Amount() {}

  static long read(YamlValue value) {
    return value.parse(EXPECTED, Amount::parse);
  }

  private static long parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalArgumentException(text);
    }
    long unit =
        switch (number.group(2)) {
          case "k" -> 1_000;
          case "M" -> 1_000_000;
          default -> 1;
        };
    return Long.parseLong(number.group(1)) * unit;
  }
}

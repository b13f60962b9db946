package dev.spillway.emulator.schema;

import java.util.List;
import java.util.random.RandomGenerator;

/** Words that made-up values consist of. */
final class Vocabulary {

  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Bela", "Carla", "Dora", "Emil", "Frida", "Goran", "Hanna", "Ines", "Jonas");
  private static final List<String> LAST_NAMES =
      List.of("Berg", "Castell", "Dahl", "Fischer", "Horvat", "Lind", "Moreau", "Novak", "Weber");
  private static final List<String> CITIES =
      List.of("Basel", "Bergen", "Graz", "Lisbon", "Lyon", "Oslo", "Porto", "Prague", "Turin");
  private static final List<String> COUNTRIES =
      List.of("Austria", "Czechia", "France", "Italy", "Norway", "Portugal", "Switzerland");
  private static final List<String> STREETS =
      List.of("Canal Street", "Harbour Road", "Mill Lane", "Station Road", "Weir Street");
  private static final List<String> COLOURS =
      List.of("blue", "green", "grey", "red", "white", "yellow");
  private static final List<String> CURRENCIES = List.of("CHF", "EUR", "NOK", "USD");
  private static final List<String> WORDS =
      List.of(
          "basin",
          "bridge",
          "canal",
          "channel",
          "current",
          "dam",
          "gate",
          "gauge",
          "harbour",
          "lake",
          "level",
          "meadow",
          "mill",
          "reservoir",
          "river",
          "sluice",
          "spring",
          "stream",
          "turbine",
          "valley",
          "weir");

  private Vocabulary() {}

  static String firstName(RandomGenerator random) {
    return Choices.any(FIRST_NAMES, random);
  }

  static String lastName(RandomGenerator random) {
    return Choices.any(LAST_NAMES, random);
  }

  static String city(RandomGenerator random) {
    return Choices.any(CITIES, random);
  }

  static String country(RandomGenerator random) {
    return Choices.any(COUNTRIES, random);
  }

  static String street(RandomGenerator random) {
    return Choices.any(STREETS, random) + " " + random.nextInt(1, 100);
  }

  static String colour(RandomGenerator random) {
    return Choices.any(COLOURS, random);
  }

  static String currency(RandomGenerator random) {
    return Choices.any(CURRENCIES, random);
  }

  static String word(RandomGenerator random) {
    return Choices.any(WORDS, random);
  }

  /** A short sentence. */
  static String sentence(RandomGenerator random) {
    return "The %s feeds the %s.".formatted(word(random), word(random));
  }
}

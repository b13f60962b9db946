package dev.spillway.emulator.schema;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Texts in the formats that JSON Schema names. */
final class Formats {

  private static final List<String> HOSTS =
      List.of("example.com", "www.example.org", "api.example.net", "shop.example.com");
  private static final int FIRST_DAY = (int) LocalDate.of(2025, 1, 1).toEpochDay();
  private static final int DAYS = 700;

  private Formats() {}

  /** A text, or none for a format that is not known. */
  static Optional<String> write(String format, RandomGenerator random) {
    return switch (format) {
      case "date" -> Optional.of(date(random));
      case "time" -> Optional.of(time(random));
      case "date-time" -> Optional.of(date(random) + "T" + time(random));
      case "duration" -> Optional.of("PT" + random.nextInt(1, 90) + "M");
      case "email", "idn-email" -> Optional.of(email(random));
      case "hostname", "idn-hostname" -> Optional.of(Choices.any(HOSTS, random));
      case "ipv4" -> Optional.of(ipv4(random));
      case "ipv6" -> Optional.of(ipv6(random));
      case "uri", "iri" -> Optional.of(uri(random));
      case "uri-reference", "iri-reference" -> Optional.of("/" + Vocabulary.word(random));
      case "uuid" -> Optional.of(new UUID(version4(random), variant(random)).toString());
      case "json-pointer" -> Optional.of("/" + Vocabulary.word(random));
      case "regex" -> Optional.of("^[a-z]+$");
      default -> Optional.empty();
    };
  }

  static String date(RandomGenerator random) {
    return LocalDate.ofEpochDay(FIRST_DAY + random.nextInt(DAYS)).toString();
  }

  static String email(RandomGenerator random) {
    return Vocabulary.firstName(random).toLowerCase(Locale.ROOT) + "@example.com";
  }

  static String uri(RandomGenerator random) {
    return "https://" + Choices.any(HOSTS, random) + "/" + Vocabulary.word(random);
  }

  private static String time(RandomGenerator random) {
    return "%02d:%02d:%02dZ".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
  }

  /** An address of a block that is set aside for documentation. */
  private static String ipv4(RandomGenerator random) {
    return "192.0.2." + random.nextInt(1, 255);
  }

  private static String ipv6(RandomGenerator random) {
    return "2001:db8::" + Integer.toHexString(random.nextInt(1, 65_536));
  }

  private static long version4(RandomGenerator random) {
    return (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
  }

  private static long variant(RandomGenerator random) {
    return (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
  }
}

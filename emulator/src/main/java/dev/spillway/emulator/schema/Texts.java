package dev.spillway.emulator.schema;

import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Texts that fit a schema, and suit the name of what they are the value of. */
final class Texts {

  private static final int TRIES = 40;

  /** A text whose schema asks for more is not longer than this. */
  private static final int LONGEST = 10_000;

  private final Wording wording;
  private final RandomGenerator random;
  private int placesUsed;
  private int namesUsed;

  Texts(Wording wording, RandomGenerator random) {
    this.wording = wording;
    this.random = random;
  }

  String write(String name, JsonNode schema) {
    int least = Math.min(Keywords.size(schema, "minLength", 0), LONGEST);
    int most = Keywords.size(schema, "maxLength", Integer.MAX_VALUE);
    if (schema.path("pattern").isString()) {
      return matching(schema.path("pattern").stringValue(), least, most);
    }
    return Optional.of(schema.path("format"))
        .filter(JsonNode::isString)
        .flatMap(format -> Formats.write(format.stringValue(), random))
        .orElseGet(() -> fitted(suiting(name), least, most));
  }

  /** The first that also has the length; the last of some that have not. */
  private String matching(String pattern, int least, int most) {
    String text = "";
    for (int i = 0; i < TRIES; i++) {
      Optional<String> written = PatternText.write(pattern, random);
      if (written.isEmpty()) {
        return fitted(Vocabulary.word(random), least, most);
      }
      text = written.get();
      int length = text.codePointCount(0, text.length());
      if (length >= least && length <= most && Patterns.find(pattern, text)) {
        return text;
      }
    }
    return text;
  }

  private static String fitted(String text, int least, int most) {
    StringBuilder fitted = new StringBuilder(text);
    while (fitted.codePointCount(0, fitted.length()) < least) {
      fitted.append(fitted.isEmpty() ? "" : " ").append(text.isEmpty() ? "water" : text);
    }
    int length = fitted.codePointCount(0, fitted.length());
    int longest = Math.max(least, Math.min(most, length));
    if (text.length() < least) {
      longest = Math.min(longest, Math.max(least, Math.min(most, least + 1)));
    }
    return fitted.substring(0, fitted.offsetByCodePoints(0, Math.min(longest, length)));
  }

  private String suiting(String name) {
    for (String word : Naming.words(name).reversed()) {
      Optional<String> suiting = suitingWord(word, name);
      if (suiting.isPresent()) {
        return suiting.get();
      }
    }
    return Vocabulary.word(random);
  }

  private Optional<String> suitingWord(String word, String name) {
    return switch (word) {
      case "city", "location", "place", "town", "destination", "origin", "region" ->
          Optional.of(placed(Vocabulary.city(random)));
      case "country" -> Optional.of(placed(Vocabulary.country(random)));
      case "email", "mail" -> Optional.of(Formats.email(random));
      case "date", "birthday", "deadline" -> Optional.of(Formats.date(random));
      case "url", "uri", "link", "website" -> Optional.of(Formats.uri(random));
      case "street", "address" -> Optional.of(Vocabulary.street(random));
      case "phone" -> Optional.of("+41 44 555 " + random.nextInt(1000, 10_000));
      case "zip", "postcode" -> Optional.of(Integer.toString(random.nextInt(1000, 10_000)));
      case "currency" -> Optional.of(Vocabulary.currency(random));
      case "color", "colour" -> Optional.of(Vocabulary.colour(random));
      case "id", "key", "code", "sku" -> Optional.of(identifier(name));
      case "name", "person", "author", "customer", "user", "participant", "participants" ->
          Optional.of(name(name));
      case "query", "question", "prompt", "search", "expression", "input" ->
          Optional.of(question());
      case "description",
          "summary",
          "explanation",
          "reason",
          "comment",
          "text",
          "message",
          "content",
          "answer",
          "reasoning",
          "body",
          "note",
          "notes" ->
          Optional.of(Vocabulary.sentence(random));
      default -> Optional.empty();
    };
  }

  private String name(String of) {
    boolean last = Naming.words(of).contains("last");
    boolean first = Naming.words(of).contains("first");
    if (last || first) {
      return last ? Vocabulary.lastName(random) : Vocabulary.firstName(random);
    }
    return named(Vocabulary.firstName(random) + " " + Vocabulary.lastName(random));
  }

  /** The next place in the conversation, or else the next name. */
  private String placed(String otherwise) {
    return placesUsed < wording.places().size()
        ? wording.places().get(placesUsed++)
        : named(otherwise);
  }

  /** The next name in the conversation, as long as there is one. */
  private String named(String otherwise) {
    return namesUsed < wording.names().size() ? wording.names().get(namesUsed++) : otherwise;
  }

  private String question() {
    return wording.question().isBlank() ? Vocabulary.sentence(random) : wording.question();
  }

  private String identifier(String name) {
    String first = Naming.words(name).isEmpty() ? "id" : Naming.words(name).getFirst();
    return first + "_" + random.nextInt(10_000, 100_000);
  }
}

package dev.spillway.emulator.recording;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What recordings are called: {@code chat-completions-what-is-a-spillway-1a2b3c4d.yaml}, and {@code
 * …-1a2b3c4d-2.yaml} for the second answer to the same request.
 */
final class FileNames {

  static final String SUFFIX = ".yaml";

  /** The answers to one request come in the order of their numbers. */
  static final Comparator<NamedRecording> IN_ORDER =
      Comparator.<NamedRecording, String>comparing(named -> stem(named.name()))
          .thenComparingInt(named -> number(named.name()));

  private static final Pattern NUMBERED = Pattern.compile("(.*-[0-9a-f]{8})-(\\d{1,9})\\.yaml");
  private static final int MOST_WORDS = 6;
  private static final int LONGEST = 40;

  private FileNames() {}

  static String stem(RecordedRequest request, RequestKey key) {
    String operation = slug(request.operation(), 4);
    String method =
        request.method().equals("POST") ? "" : request.method().toLowerCase(Locale.ROOT);
    return Arrays.stream(
            new String[] {method, operation, slug(text(request), MOST_WORDS), key.hash()})
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("-"));
  }

  static String name(String stem, int number) {
    return number == 1 ? stem + SUFFIX : stem + "-" + number + SUFFIX;
  }

  /** Whether a file that is written takes the place of another: as itself, or as a new first. */
  static boolean replaces(String written, String other) {
    return written.equals(other) || written.equals(stem(other));
  }

  private static String stem(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() ? numbered.group(1) + SUFFIX : name;
  }

  private static int number(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
  }

  private static String slug(String text, int words) {
    String slug =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", words * 4))
            .filter(word -> !word.isEmpty() && word.matches("[a-z0-9]+"))
            .limit(words)
            .collect(Collectors.joining("-"));
    return slug.length() <= LONGEST ? slug : slug.substring(0, LONGEST).replaceAll("-+$", "");
  }

  /** What was asked last. */
  private static String text(RecordedRequest request) {
    Optional<String> message =
        request.member("messages").flatMap(FileNames::last).map(one -> text(one.path("content")));
    return message
        .or(() -> request.member("prompt").map(FileNames::text))
        .or(() -> request.member("input").map(FileNames::text))
        .orElse("");
  }

  private static String text(JsonNode node) {
    if (node.isString()) {
      return node.stringValue();
    }
    return StreamSupport.stream(List.copyOf(node.values()).reversed().spliterator(), false)
        .map(FileNames::text)
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("");
  }

  private static Optional<JsonNode> last(JsonNode list) {
    return Optional.ofNullable(list.get(list.size() - 1));
  }
}

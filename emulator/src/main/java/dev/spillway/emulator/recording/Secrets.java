package dev.spillway.emulator.recording;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must not be seen in a text: secrets that are known, whole or as they stand in a URL or in
 * JSON, and whatever has the shape of one.
 *
 * <p>A known secret of fewer than {@value #SHORTEST} characters is not looked for: it would be
 * found in half of all words.
 */
final class Secrets {

  /** What stands in the place of a secret. */
  static final String REMOVED = "REMOVED";

  static final int SHORTEST = 8;

  /** Query parameters that hold nothing else. */
  private static final Set<String> PARAMETERS =
      new TreeSet<>(String.CASE_INSENSITIVE_ORDER) {
        private static final long serialVersionUID = 1L;

        {
          addAll(
              List.of(
                  "sig",
                  "api-key",
                  "apikey",
                  "key",
                  "code",
                  "token",
                  "access_token",
                  "subscription-key"));
        }
      };

  private record Shape(Pattern pattern, String replacement) {
    static Shape of(String regex, String replacement) {
      return new Shape(Pattern.compile(regex), replacement);
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of("(?i)\\b(sig=)[^&\\s\"'\\\\]+", "$1" + REMOVED),
          Shape.of("(?i)\\b(AccountKey=)[A-Za-z0-9+/]{16,}=*", "$1" + REMOVED),
          Shape.of("(?i)\\b(Bearer )[A-Za-z0-9._~+/-]{16,}=*", "$1" + REMOVED),
          Shape.of("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*", REMOVED),
          Shape.of("\\bsk-[\\w-]{16,}", "sk-" + REMOVED),
          Shape.of("\\borg-[A-Za-z0-9]{16,}", "org-" + REMOVED),
          Shape.of("\\b[0-9A-Za-z]{52}JQQJ9[9DH][0-9A-Za-z]{24,}", REMOVED));

  private final List<String> known;

  Secrets(Collection<String> known) {
    this.known =
        known.stream()
            .map(String::strip)
            .filter(secret -> secret.length() >= SHORTEST)
            .flatMap(Secrets::spellings)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private static Stream<String> spellings(String secret) {
    String inUrl = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String inJson = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(secret, inUrl, inJson, inJson.replace("/", "\\/"));
  }

  Secrets with(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(known);
    all.addAll(more);
    return new Secrets(all);
  }

  List<String> known() {
    return known;
  }

  String removedFrom(String text) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, REMOVED);
    }
    for (Shape shape : SHAPES) {
      clean = shape.pattern().matcher(clean).replaceAll(shape.replacement());
    }
    return clean;
  }

  /** Bytes that are no text may hold one, too. */
  byte[] removedFrom(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, "*".repeat(secret.length()));
    }
    return clean.equals(text) ? bytes : clean.getBytes(StandardCharsets.ISO_8859_1);
  }

  String removedFromParameter(String name, String value) {
    return PARAMETERS.contains(name) ? REMOVED : removedFrom(value);
  }
}

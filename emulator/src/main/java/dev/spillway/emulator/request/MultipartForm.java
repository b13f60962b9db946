package dev.spillway.emulator.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data}, cut into its parts; at most {@value #MOST_PARTS} of them,
 * whose heads are at most {@value #LONGEST_HEAD} bytes long.
 */
final class MultipartForm {

  private static final int MOST_PARTS = 128;
  private static final int LONGEST_HEAD = 8_192;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");

  private static final Pattern FILES =
      Pattern.compile("(application/octet-stream|image/|audio/|video/)", Pattern.CASE_INSENSITIVE);

  /**
   * One part.
   *
   * @param fileName null for what is no file
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(String name, @Nullable String fileName, byte[] content) {

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    /** Its name without the brackets that say that it may come again. */
    String field() {
      return name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
    }
  }

  private final byte[] body;
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();

  private MultipartForm(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Its parts; none at all when it is no such form, or is broken. */
  static Optional<List<Part>> parse(RequestBody body) {
    String contentType = body.contentType();
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    MultipartForm form = new MultipartForm(body.bytes(), boundary);
    return form.read() ? Optional.of(List.copyOf(form.parts)) : Optional.empty();
  }

  private boolean read() {
    int at = next(0);
    while (at >= 0) {
      int start = at + delimiter.length;
      if (has(start, "--")) {
        return true;
      }
      int end = next(start);
      if (end < 0 || !has(start, "\r\n") || parts.size() == MOST_PARTS || !part(start + 2, end)) {
        return false;
      }
      at = end;
    }
    return false;
  }

  /** Reads what lies between two delimiters. */
  private boolean part(int start, int delimiterAt) {
    int headEnd = indexOf("\r\n\r\n", start, Math.min(delimiterAt, start + LONGEST_HEAD));
    int contentEnd = delimiterAt - 2;
    if (headEnd < 0 || headEnd + 4 > contentEnd) {
      return false;
    }
    String head = new String(body, start, headEnd - start, StandardCharsets.UTF_8);
    String disposition = header(head, "content-disposition");
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      return false;
    }
    byte[] content = Arrays.copyOfRange(body, headEnd + 4, contentEnd);
    parts.add(new Part(value(name), fileName(disposition, header(head, "content-type")), content));
    return true;
  }

  /** Some clients send a file without a name, of which only its type tells that it is one. */
  private static @Nullable String fileName(String disposition, String contentType) {
    Matcher file = FILE_NAME.matcher(disposition);
    if (file.find()) {
      return value(file);
    }
    return FILES.matcher(contentType).lookingAt() ? "" : null;
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .findFirst()
        .map(line -> line.substring(name.length() + 1).strip())
        .orElse("");
  }

  private static Pattern parameter(String name) {
    return Pattern.compile(
        "[;\\s]" + name + "=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);
  }

  private static String value(Matcher matcher) {
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  /** The next delimiter at the beginning of a line. */
  private int next(int from) {
    for (int at = from; at + delimiter.length <= body.length; at++) {
      if (body[at] == '-' && (at == 0 || has(at - 2, "\r\n")) && matches(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean matches(int at) {
    for (int i = 0; i < delimiter.length; i++) {
      if (body[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private int indexOf(String text, int from, int to) {
    for (int at = from; at + text.length() <= to; at++) {
      if (has(at, text)) {
        return at;
      }
    }
    return -1;
  }

  private boolean has(int at, String text) {
    if (at < 0 || at + text.length() > body.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (body[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

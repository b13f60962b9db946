package dev.spillway.router.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the field {@code model} in a {@code multipart/form-data} body (RFC 7578), line by line:
 * what separates its parts stands at the beginning of a line.
 */
final class FormReader {

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^\\s;\"]+))");
  private static final Pattern NAME =
      Pattern.compile("(?i)[;\\s]name=(?:\"([^\"]*)\"|([^\\s;\"]+))");
  private static final int BUFFER_BYTES = 64 * 1024;

  /** More of a line than this is not looked at; no separator, header or model is as long. */
  private static final int LOOKED_AT = 8 * 1024;

  private final InputStream in;
  private final String boundary;
  private final byte[] separator;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] line = new byte[LOOKED_AT];
  private int buffered;
  private int next;
  private long position;
  private long lineStart;
  private int lineLength;

  FormReader(InputStream in, String boundary) {
    this.in = in;
    this.boundary = boundary;
    this.separator = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The separator of a form's parts; null where the type is another. */
  static @Nullable String boundaryOf(String contentType) {
    if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      return null;
    }
    Matcher matcher = BOUNDARY.matcher(contentType);
    return matcher.find() ? firstGroup(matcher) : null;
  }

  ModelPlace model() throws IOException {
    while (nextLine()) {
      if (isSeparator()) {
        return inParts(lineStart);
      }
    }
    return new ModelPlace.Nowhere();
  }

  private ModelPlace inParts(long first) throws IOException {
    while (!isEnd()) {
      boolean model = headersNameTheModel();
      ModelPlace value = content();
      if (value instanceof ModelPlace.Nowhere || model) {
        return value;
      }
    }
    return new ModelPlace.Form(boundary, first);
  }

  /** Reads the headers of a part, and the empty line after them. */
  private boolean headersNameTheModel() throws IOException {
    boolean model = false;
    while (nextLine() && lineLength > 0) {
      String header = text(lineLength);
      if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        Matcher matcher = NAME.matcher(header);
        model = matcher.find() && firstGroup(matcher).equals("model");
      }
    }
    return model;
  }

  /** Reads a part's content and the separator after it, without which the form is broken. */
  private ModelPlace content() throws IOException {
    long start = position;
    long end = start;
    byte[] value = {};
    boolean first = true;
    while (nextLine()) {
      if (isSeparator()) {
        return new ModelPlace.FormValue(new String(value, StandardCharsets.UTF_8), start, end);
      }
      if (first) {
        value = Arrays.copyOf(line, Math.min(lineLength, LOOKED_AT));
        first = false;
      }
      end = lineStart + lineLength;
    }
    return new ModelPlace.Nowhere();
  }

  private boolean isSeparator() {
    return lineLength >= separator.length
        && lineLength <= LOOKED_AT
        && Arrays.equals(line, 0, separator.length, separator, 0, separator.length)
        && (isEnd() || text(lineLength).substring(separator.length).isBlank());
  }

  /** Whether the line is the separator after the last part. */
  private boolean isEnd() {
    return lineLength >= separator.length + 2
        && line[separator.length] == '-'
        && line[separator.length + 1] == '-';
  }

  /** Reads a line, without what ends it; false where there is none left. */
  private boolean nextLine() throws IOException {
    lineStart = position;
    int length = 0;
    byte last = 0;
    while (true) {
      if (next == buffered) {
        buffered = in.read(buffer);
        next = 0;
        if (buffered <= 0) {
          buffered = 0;
          lineLength = length;
          return length > 0;
        }
      }
      byte one = buffer[next++];
      position++;
      if (one == '\n') {
        lineLength = last == '\r' ? length - 1 : length;
        return true;
      }
      if (length < LOOKED_AT) {
        line[length] = one;
      }
      length++;
      last = one;
    }
  }

  private String text(int length) {
    return new String(line, 0, Math.min(length, LOOKED_AT), StandardCharsets.UTF_8);
  }

  private static String firstGroup(Matcher matcher) {
    String quoted = matcher.group(1);
    return quoted == null ? String.valueOf(matcher.group(2)) : quoted;
  }
}

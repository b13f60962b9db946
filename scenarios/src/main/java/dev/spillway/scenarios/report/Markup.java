package dev.spillway.scenarios.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes HTML and SVG, element by element. Every text and every attribute goes through it, so that
 * nothing that a scenario or a router says can become markup.
 */
final class Markup {

  private final StringBuilder out = new StringBuilder();

  Markup doctype() {
    out.append("<!DOCTYPE html>\n");
    return this;
  }

  /** Begins an element; attributes are names and values in turn. */
  Markup open(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1].toString());
      out.append('"');
    }
    out.append('>');
    return this;
  }

  Markup close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  /** An element that holds nothing. */
  Markup empty(String element, Object... attributes) {
    open(element, attributes);
    out.insert(out.length() - 1, '/');
    return this;
  }

  /** An element that holds a text. */
  Markup element(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  Markup append(Markup other) {
    out.append(other.out);
    return this;
  }

  Markup line() {
    out.append('\n');
    return this;
  }

  /** A file of this package as it is: a style sheet, a script, symbols. */
  Markup resource(String name) {
    try (InputStream file = Objects.requireNonNull(Markup.class.getResourceAsStream(name), name)) {
      out.append(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      switch (next) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isShown(next) ? next : '\uFFFD');
      }
    }
  }

  /** HTML has no way to write other control characters. */
  private static boolean isShown(char one) {
    return one >= ' ' ? one != 0x7F : one == '\n' || one == '\t' || one == '\r';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

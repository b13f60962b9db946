package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/** A part of a message. */
public sealed interface ContentPart {

  record Text(String text) implements ContentPart {}

  /**
   * A picture.
   *
   * @param url where it is, or itself as a {@code data:} URL
   * @param detail how closely the model looks; null for the default
   */
  record Image(String url, @Nullable String detail) implements ContentPart {}

  /**
   * Something to hear.
   *
   * @param data in base64
   * @param format such as {@code wav}
   */
  record Audio(String data, String format) implements ContentPart {}

  /**
   * A document.
   *
   * @param data in base64, as a {@code data:} URL; null when it is named by {@code id}
   */
  record File(@Nullable String id, @Nullable String name, @Nullable String data)
      implements ContentPart {}
}

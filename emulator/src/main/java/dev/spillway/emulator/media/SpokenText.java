package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text that a file of the emulator's own speech carries, so that a transcription of it gives
 * the text back.
 *
 * <p>It is {@code SPILLWAY_SPEECH=<bytes>:<text>} wherever the kind of file has a comment, with a
 * nought for the equals sign where names end in one, and is found again wherever it stands.
 */
public final class SpokenText {

  static final String NAME = "SPILLWAY_SPEECH";

  private static final byte[] BEGINNING = NAME.getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 6;

  /** A name that says nothing does not hide the next one, but there is an end to it. */
  private static final int MOST_TRIES = 16;

  private SpokenText() {}

  static byte[] comment(String text) {
    ByteArrayOutputStream comment = new ByteArrayOutputStream();
    comment.writeBytes(BEGINNING);
    comment.write('=');
    comment.writeBytes(value(text));
    return comment.toByteArray();
  }

  /** What comes behind the name. */
  static byte[] value(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    value.writeBytes(bytes);
    return value.toByteArray();
  }

  /** What was said in a file, if the emulator made it. */
  public static Optional<String> in(byte[] file) {
    int tries = MOST_TRIES;
    for (int i = 0; tries > 0 && i + BEGINNING.length < file.length; i++) {
      if (begins(file, i)) {
        tries--;
        Optional<String> text = read(file, i + BEGINNING.length + 1);
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] file, int at) {
    for (int i = 0; i < BEGINNING.length; i++) {
      if (file[at + i] != BEGINNING[i]) {
        return false;
      }
    }
    byte separator = file[at + BEGINNING.length];
    return separator == '=' || separator == 0;
  }

  private static Optional<String> read(byte[] file, int start) {
    int length = 0;
    int at = start;
    while (at < file.length && at - start < MOST_DIGITS && file[at] >= '0' && file[at] <= '9') {
      length = 10 * length + file[at++] - '0';
    }
    boolean whole = at > start && at < file.length && file[at] == ':';
    return whole && at + 1 + length <= file.length
        ? text(ByteBuffer.wrap(file, at + 1, length))
        : Optional.empty();
  }

  private static Optional<String> text(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a call a fault strikes.
 *
 * <p>In JSON and YAML a text: {@code before}, {@code headers}, {@code body}, {@code byte 100},
 * {@code chunk 3} or {@code end}.
 *
 * @param number of the chunk, from 1, or of the bytes that come before it; 0 for other phases
 */
public record FaultPlace(Phase phase, int number) {

  /** In the order of an answer's life. */
  public enum Phase {
    /** Before any deployment is asked; nothing is charged. */
    BEFORE,
    /** The answer is made and charged, and nothing of it has been sent. */
    HEADERS,
    /** The headers have been sent, and nothing of the body. */
    BODY,
    /** So many bytes of a body have been sent that is not streamed. */
    BYTE,
    /** In the place of the nth chunk of a stream. */
    CHUNK,
    /** Everything has been sent but what ends a stream. */
    END;

    /** Its name in small letters. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumbered() {
      return this == BYTE || this == CHUNK;
    }
  }

  public static final FaultPlace BEFORE = new FaultPlace(Phase.BEFORE, 0);
  public static final FaultPlace HEADERS = new FaultPlace(Phase.HEADERS, 0);
  public static final FaultPlace BODY = new FaultPlace(Phase.BODY, 0);
  public static final FaultPlace END = new FaultPlace(Phase.END, 0);

  private static final Pattern FORM = Pattern.compile("([a-z]+)(?:[ :](\\d{1,9}))?");
  private static final String FORMS = "before, headers, body, byte 100, chunk 3 or end";

  public FaultPlace {
    if (phase == Phase.CHUNK && number < 1) {
      throw new IllegalArgumentException("chunks are counted from 1, and not from " + number);
    }
    if (number < 0 || (!phase.isNumbered() && number != 0)) {
      throw new IllegalArgumentException("'" + phase.label() + "' has no number " + number);
    }
  }

  /** In the place of the nth chunk of a stream, counted from 1. */
  public static FaultPlace chunk(int number) {
    return new FaultPlace(Phase.CHUNK, number);
  }

  /** After so many bytes of a body that is not streamed. */
  public static FaultPlace afterBytes(int count) {
    return new FaultPlace(Phase.BYTE, count);
  }

  /**
   * Reads {@code chunk 3}, and in a header also {@code chunk:3}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FaultPlace parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      for (Phase phase : Phase.values()) {
        if (phase.label().equals(form.group(1)) && phase.isNumbered() == (form.group(2) != null)) {
          return new FaultPlace(phase, phase.isNumbered() ? Integer.parseInt(form.group(2)) : 0);
        }
      }
    }
    throw new IllegalArgumentException("'at' is one of " + FORMS + ", and not '" + text + "'");
  }

  /** As it is written. */
  @JsonValue
  public String text() {
    return phase.isNumbered() ? phase.label() + " " + number : phase.label();
  }
}

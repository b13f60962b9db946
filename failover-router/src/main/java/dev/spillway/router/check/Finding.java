package dev.spillway.router.check;

import java.util.Locale;

/**
 * Something that is not as its author can have wanted it.
 *
 * @param check a stable name for the kind of finding
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param reason what is wrong
 * @param cure what mends it; empty when the reason says it
 */
public record Finding(
    Severity severity, String check, String file, int line, String reason, String cure) {

  /** How bad it is. */
  public enum Severity {
    /** It cannot work. */
    ERROR,
    /** It works, and not as it seems to. */
    WARNING
  }

  /** {@code router.yaml:12: warning: pool 'gpt' cannot fail over: ...; add a second backend}. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line;
    String mended = cure.isEmpty() ? "" : "; " + cure;
    return place + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + reason + mended;
  }
}

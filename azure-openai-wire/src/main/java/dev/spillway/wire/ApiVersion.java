package dev.spillway.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An api-version as the query parameter carries it: a date, a date with {@code -preview}, {@code
 * preview} or {@code v1}.
 *
 * <p>Any real date is plausible, so that a client which knows a newer version than this code is
 * served.
 *
 * @param text as the caller wrote it
 * @param date the date in it; null for {@code preview} and {@code v1}
 */
public record ApiVersion(String text, @Nullable LocalDate date) {

  private static final Pattern DATED = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(-preview)?");

  /** The version, unless the text is none. */
  public static Optional<ApiVersion> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (text.equals("v1") || text.equals("preview")) {
      return Optional.of(new ApiVersion(text, null));
    }
    Matcher dated = DATED.matcher(text);
    if (!dated.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ApiVersion(text, LocalDate.parse(dated.group(1))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  public boolean isDated() {
    return date != null;
  }

  public boolean isPreview() {
    return text.endsWith("preview");
  }

  /** Whether this is a dated version of that day or later. */
  public boolean isSince(LocalDate day) {
    return date != null && !date.isBefore(day);
  }
}

package dev.spillway.scenarios.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls an expectation is about; what is null does not narrow.
 *
 * @param traffic the name of theirs
 * @param from when the first of them was sent
 * @param to before which they were sent
 * @param status what they got in the end, such as {@code 429} or {@code 2xx}
 */
public record Selection(
    @Nullable String traffic,
    @Nullable Duration from,
    @Nullable Duration to,
    @Nullable String status) {

  public static final Selection ALL = new Selection(null, null, null, null);

  /** In words for people; empty for all. */
  public String words() {
    List<String> words = new ArrayList<>();
    if (traffic != null) {
      words.add(traffic);
    }
    if (from != null) {
      words.add("from " + seconds(from));
    }
    if (to != null) {
      words.add("to " + seconds(to));
    }
    if (status != null) {
      words.add("with " + status);
    }
    return String.join(" ", words);
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }
}

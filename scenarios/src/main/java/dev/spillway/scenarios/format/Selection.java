package dev.spillway.scenarios.format;

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
 */
public record Selection(@Nullable String traffic, @Nullable Duration from, @Nullable Duration to) {

  public static final Selection ALL = new Selection(null, null, null);

  /** In words for people; empty for all. */
  public String words() {
    List<String> words = new ArrayList<>();
    if (traffic != null) {
      words.add(traffic);
    }
    if (from != null) {
      words.add("from " + from.toMillis() + " ms");
    }
    if (to != null) {
      words.add("to " + to.toMillis() + " ms");
    }
    return String.join(" ", words);
  }
}

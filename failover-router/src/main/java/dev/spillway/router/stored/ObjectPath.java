package dev.spillway.router.stored;

import dev.spillway.wire.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The shape of paths that name what a backend keeps: a collection, an id, and what is asked of it
 * ({@code responses/resp_1/input_items}).
 */
public final class ObjectPath {

  /** Collections with a name of two parts; all others have one. */
  private static final Set<String> IN_TWO_PARTS =
      Set.of("chat/completions", "fine_tuning/jobs", "video/generations", "batch/jobs");

  /** What stands in the place of an id and is none. */
  private static final Set<String> WORDS = Set.of("compact", "completions", "input_tokens", "jobs");

  private ObjectPath() {}

  /** The id that a path below the resource names. */
  public static Optional<String> idIn(String rest) {
    if (Operation.byPath(rest).isPresent()) {
      return Optional.empty();
    }
    List<String> parts = List.of(rest.split("/", -1));
    boolean two = parts.size() > 1 && IN_TWO_PARTS.contains(parts.get(0) + "/" + parts.get(1));
    int place = two ? 2 : 1;
    return parts.size() > place && !parts.get(place).isEmpty() && isNoWord(parts.get(place))
        ? Optional.of(parts.get(place))
        : Optional.empty();
  }

  private static boolean isNoWord(String part) {
    return !WORDS.contains(part);
  }
}

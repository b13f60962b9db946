package dev.spillway.router.backend;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Backends that can stand in for each other.
 *
 * @param tiers the backends of equal priority together, the first choice first
 */
public record Pool(String name, List<List<Backend>> tiers) {

  /** A backend's place in a pool; the smallest priority is tried first. */
  public record Member(Backend backend, int priority) {}

  public static Pool of(String name, List<Member> members) {
    TreeMap<Integer, List<Backend>> byPriority =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    Member::priority,
                    TreeMap::new,
                    Collectors.mapping(Member::backend, Collectors.toUnmodifiableList())));
    return new Pool(name, List.copyOf(byPriority.values()));
  }

  /** Every backend, by priority. */
  public List<Backend> backends() {
    return tiers.stream().flatMap(Collection::stream).toList();
  }
}

package dev.spillway.router.backend;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Backends that can stand in for each other.
 *
 * @param balance which of one tier is asked first
 * @param affinity which requests stay together
 * @param tiers the backends of equal priority together, the first choice first
 */
public record Pool(String name, Balance balance, Affinity affinity, List<List<Member>> tiers) {

  /**
   * A backend's place in a pool.
   *
   * @param priority the smallest is tried first
   * @param weight its part of what its tier gets
   * @param spillAt how much of it may be in use before requests go to the next one
   */
  public record Member(Backend backend, int priority, int weight, SpillAt spillAt) {

    public Member(Backend backend, int priority, int weight) {
      this(backend, priority, weight, SpillAt.NEVER);
    }

    public Member(Backend backend, int priority) {
      this(backend, priority, 1);
    }
  }

  public static Pool of(String name, List<Member> members) {
    return of(name, Balance.ROUND_ROBIN, Affinity.NONE, members);
  }

  public static Pool of(String name, Balance balance, Affinity affinity, List<Member> members) {
    TreeMap<Integer, List<Member>> byPriority =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    Member::priority, TreeMap::new, Collectors.toUnmodifiableList()));
    return new Pool(name, balance, affinity, List.copyOf(byPriority.values()));
  }

  /** Every backend, by priority. */
  public List<Backend> backends() {
    return members().map(Member::backend).toList();
  }

  /** From how much in use on requests leave each backend, by its name. */
  public Map<String, SpillAt> spills() {
    return members()
        .collect(Collectors.toUnmodifiableMap(member -> member.backend.name(), Member::spillAt));
  }

  private Stream<Member> members() {
    return tiers.stream().flatMap(Collection::stream);
  }
}

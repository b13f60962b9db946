package dev.spillway.router.balancing;

import dev.spillway.router.backend.Pool.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The backends of one priority, each in turn by its weight: smooth weighted round robin, in which
 * each gains its weight with every request and the one that is chosen pays for all.
 */
final class Tier {

  private record Place(Member member, double weight, double credit) {}

  private final List<Member> members;
  private final double[] credits;

  Tier(List<Member> members) {
    this(members, Map.of());
  }

  /**
   * A tier that goes on where others were.
   *
   * @param before credits by the name of a backend
   */
  Tier(List<Member> members, Map<String, Double> before) {
    this.members = members;
    this.credits =
        members.stream()
            .mapToDouble(member -> before.getOrDefault(member.backend().name(), 0.0))
            .toArray();
  }

  synchronized Map<String, Double> credits() {
    Map<String, Double> byName = new HashMap<>();
    for (int i = 0; i < credits.length; i++) {
      byName.put(members.get(i).backend().name(), credits[i]);
    }
    return byName;
  }

  List<Member> members() {
    return members;
  }

  /**
   * The members for one request, the chosen first.
   *
   * @param share how much of its weight each gets; those with none come last, and neither gain nor
   *     pay
   */
  synchronized List<Member> nextOrder(ToDoubleFunction<Member> share) {
    double all = 0;
    int chosen = -1;
    double[] weights = new double[members.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = members.get(i).weight() * share.applyAsDouble(members.get(i));
      credits[i] = weights[i] > 0 ? credits[i] + weights[i] : 0;
      all += weights[i];
      if (weights[i] > 0 && (chosen < 0 || credits[i] > credits[chosen])) {
        chosen = i;
      }
    }
    if (chosen >= 0) {
      credits[chosen] -= all;
    }
    return order(weights, chosen);
  }

  private List<Member> order(double[] weights, int chosen) {
    List<Place> others = new ArrayList<>(weights.length);
    for (int i = 0; i < weights.length; i++) {
      if (i != chosen) {
        others.add(new Place(members.get(i), weights[i], credits[i]));
      }
    }
    others.sort(
        Comparator.<Place>comparingInt(place -> place.weight() > 0 ? 0 : 1)
            .thenComparing(Comparator.comparingDouble(Place::credit).reversed()));
    List<Member> order = new ArrayList<>(weights.length);
    if (chosen >= 0) {
      order.add(members.get(chosen));
    }
    others.forEach(place -> order.add(place.member()));
    return order;
  }
}

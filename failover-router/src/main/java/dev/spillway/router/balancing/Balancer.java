package dev.spillway.router.balancing;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The order in which one pool's backends are considered: by priority, and within one priority as
 * the pool balances. Affinity goes before that, and yields to whatever speaks against a backend,
 * since it only orders.
 */
public final class Balancer {

  /** What a member costs at one moment: what it has to do changes while others are compared. */
  private record Priced(Member member, double cost) {}

  private final Pool pool;
  private final Loads loads;
  private final List<Tier> tiers;

  public Balancer(Pool pool, Loads loads) {
    this(pool, loads, pool.tiers().stream().map(Tier::new).toList());
  }

  private Balancer(Pool pool, Loads loads, List<Tier> tiers) {
    this.pool = pool;
    this.loads = loads;
    this.tiers = tiers;
  }

  /** The balancer of the pool after a change: whose turn it is stays, as far as they stay. */
  public Balancer followedBy(Pool changed) {
    if (changed.equals(pool)) {
      return this;
    }
    Map<String, Double> credits = new HashMap<>();
    tiers.forEach(tier -> credits.putAll(tier.credits()));
    return new Balancer(
        changed, loads, changed.tiers().stream().map(tier -> new Tier(tier, credits)).toList());
  }

  /**
   * The order for one request.
   *
   * @param affinity what the requests that it belongs to have in common; null for none
   * @param share how much of its weight a backend gets now; none for one that may not be asked
   */
  public List<Backend> nextOrder(@Nullable String affinity, ToDoubleFunction<Backend> share) {
    List<Backend> order = new ArrayList<>();
    for (Tier tier : tiers) {
      for (Member member : order(tier, affinity, share)) {
        order.add(member.backend());
      }
    }
    return order;
  }

  /** The order that the next request would get, which it still gets. */
  public List<Backend> peekOrder(@Nullable String affinity, ToDoubleFunction<Backend> share) {
    List<Tier> copies =
        tiers.stream().map(tier -> new Tier(tier.members(), tier.credits())).toList();
    return new Balancer(pool, loads, copies).nextOrder(affinity, share);
  }

  private List<Member> order(
      Tier tier, @Nullable String affinity, ToDoubleFunction<Backend> share) {
    if (tier.members().size() == 1) {
      return tier.members();
    }
    if (affinity != null) {
      return Rendezvous.order(tier.members(), affinity);
    }
    List<Member> inTurn = tier.nextOrder(member -> share.applyAsDouble(member.backend()));
    return switch (pool.balance()) {
      case ROUND_ROBIN -> inTurn;
      case LEAST_IN_FLIGHT -> sorted(inTurn, member -> cost(member, 1, share));
      case LATENCY ->
          sorted(inTurn, member -> cost(member, loads.latency(member.backend()), share));
    };
  }

  /**
   * What it would have to do for its weight, with the request that is to be sent.
   *
   * @param each what one request costs it
   */
  private double cost(Member member, double each, ToDoubleFunction<Backend> share) {
    double weight = member.weight() * share.applyAsDouble(member.backend());
    return weight > 0
        ? each * (loads.inFlight(member.backend()) + 1) / weight
        : Double.POSITIVE_INFINITY;
  }

  private static List<Member> sorted(List<Member> inTurn, ToDoubleFunction<Member> cost) {
    return inTurn.stream()
        .map(member -> new Priced(member, cost.applyAsDouble(member)))
        .sorted(Comparator.comparingDouble(Priced::cost))
        .map(Priced::member)
        .toList();
  }
}

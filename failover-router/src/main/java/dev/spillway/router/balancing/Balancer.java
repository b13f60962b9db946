package dev.spillway.router.balancing;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order in which one pool's backends are considered: by priority, and within one priority in
 * the file's order, begun one further by each request.
 */
public final class Balancer {

  private final Pool pool;
  private final AtomicInteger turn = new AtomicInteger();
  private final boolean rotates;
  private final List<Backend> fixedOrder;

  public Balancer(Pool pool) {
    this.pool = pool;
    this.fixedOrder = pool.backends();
    this.rotates = pool.tiers().stream().anyMatch(tier -> tier.size() > 1);
  }

  public List<Backend> nextOrder() {
    if (!rotates) {
      return fixedOrder;
    }
    int first = turn.getAndIncrement() & Integer.MAX_VALUE;
    List<Backend> order = new ArrayList<>(fixedOrder.size());
    for (List<Backend> tier : pool.tiers()) {
      for (int i = 0; i < tier.size(); i++) {
        order.add(tier.get((first % tier.size() + i) % tier.size()));
      }
    }
    return order;
  }
}

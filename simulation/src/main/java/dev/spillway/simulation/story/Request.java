package dev.spillway.simulation.story;

import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.Step;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.RequestSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request of a client, as the client saw it. */
public final class Request {

  public final int number;
  public final String caller;
  public final RequestSpec spec;

  /** Who may serve it, as the rules in force when it was sent have it. */
  public final PoolSpec pool;

  /** How the router names the rule by which it does; empty where there are none. */
  public final String routedBy;

  public final long sentAt;
  public final byte[] body;

  /** The request that this one repeats after it has waited as told; null for a first one. */
  public final @Nullable Request repeats;

  /** Whether it was sent after everything had healed. */
  public final boolean afterwards;

  /** Of a calm world, who would have let it in when it was sent. */
  public final Map<String, Boolean> roomThen = new HashMap<>();

  /** How many answers were given to it. */
  public int answers;

  public int status;
  public long answeredAt;
  public @Nullable String backend;
  public @Nullable Duration retryAfter;

  /** How long it has to wait for its caller's own quota; null when that is not used up. */
  public @Nullable Duration overQuota;

  public final StringBuilder received = new StringBuilder();

  /** How the answer's body ended; null for none. */
  public @Nullable Delivery delivery;

  public boolean brokenOff;
  public boolean left;
  public long leftAt;
  public boolean done;
  public long doneAt;

  /** What the router says of how it came to its answer. */
  public List<Step> steps = List.of();

  public Request(
      int number,
      String caller,
      RequestSpec spec,
      PoolSpec pool,
      String routedBy,
      long sentAt,
      byte[] body,
      @Nullable Request repeats,
      boolean afterwards) {
    this.number = number;
    this.caller = caller;
    this.spec = spec;
    this.pool = pool;
    this.routedBy = routedBy;
    this.sentAt = sentAt;
    this.body = body;
    this.repeats = repeats;
    this.afterwards = afterwards;
  }

  /** Of each attempt, in order, whether the router says that a model has worked. */
  public List<String> executions() {
    return steps.stream()
        .filter(Step.Attempted.class::isInstance)
        .map(step -> ((Step.Attempted) step).execution())
        .toList();
  }

  /** Whether the router says that it had expected a backend to refuse, or spared it for others. */
  public boolean expectedNoRoomAt(String name) {
    return steps.stream()
        .anyMatch(step ->
            switch (step) {
              case Step.NoRoom it -> it.backend().equals(name);
              case Step.Full it -> it.backend().equals(name);
              case Step.Spilled it -> it.backend().equals(name);
              case Step.TooSmall it -> false;
              case Step.Routed it -> false;
              case Step.OverQuota it -> false;
              case Step.Skipped it -> false;
              case Step.Attempted it -> false;
              case Step.Concerned it -> false;
              case Step.Waited it -> false;
            });
  }

  /** An error that the router wrote itself. */
  public boolean isRoutersOwn() {
    return backend == null;
  }
}

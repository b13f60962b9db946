package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Backends that answer as they are told, one after the other; the last answer is repeated. */
final class FakeUpstream implements Upstream {

  private record Scripted(AttemptResult result, Duration takes) {}

  private final VirtualClock clock;
  private final Map<String, Deque<Scripted>> scripts = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Set<Backend> leftDuring = new HashSet<>();
  private final List<AttemptLimits> limits = new ArrayList<>();
  private final List<CallPlan> calls = new ArrayList<>();

  FakeUpstream(VirtualClock clock) {
    this.clock = clock;
  }

  FakeUpstream on(Backend backend, AttemptResult... results) {
    for (AttemptResult result : results) {
      on(backend, result, Duration.ZERO);
    }
    return this;
  }

  FakeUpstream on(Backend backend, AttemptResult result, Duration takes) {
    scripts
        .computeIfAbsent(backend.name(), name -> new ArrayDeque<>())
        .add(new Scripted(result, takes));
    return this;
  }

  /** The caller leaves while this backend is at work. */
  void leavesDuring(Backend backend) {
    leftDuring.add(backend);
  }

  @Override
  public AttemptResult send(Backend backend, CallPlan call, AttemptLimits attemptLimits)
      throws InterruptedException {
    asked.add(backend.name());
    if (leftDuring.contains(backend)) {
      throw new InterruptedException();
    }
    limits.add(attemptLimits);
    calls.add(call);
    Deque<Scripted> script = Objects.requireNonNull(scripts.get(backend.name()));
    Scripted next = script.size() > 1 ? script.remove() : script.getFirst();
    clock.advance(next.takes());
    return next.result();
  }

  /** The names of those asked since the last time this was called. */
  List<String> asked() {
    List<String> names = List.copyOf(asked);
    asked.clear();
    return names;
  }

  List<AttemptLimits> limits() {
    return limits;
  }

  List<CallPlan> calls() {
    return calls;
  }
}

package dev.spillway.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in a time of their own, and so that one seed gives one run: exactly one of them runs at a
 * time, until it waits; who comes next among those that could go on, the seed decides. When nobody
 * can, time jumps to the next wake-up.
 *
 * <p>Tasks wait through {@link #time()} and through a {@link Gate}, and through nothing else: who
 * waits for a lock that a waiting task holds is found out by the machine's clock, and named.
 */
public final class Simulation {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What a task does. */
  public interface Body {
    void run() throws Exception;
  }

  private final long seed;
  private final Duration patience;
  private final SplittableRandom order;
  private final SimulatedTime time = new SimulatedTime();
  private final List<SimulatedTask> tasks = new ArrayList<>();
  private final List<SimulatedTask> ready = new ArrayList<>();
  private final PriorityQueue<SimulatedTask> asleep = new PriorityQueue<>(SimulatedTask::byWakeUp);
  private final CountDownLatch over = new CountDownLatch(1);
  private double raceShare;
  private long now;
  private Duration wallClockError = Duration.ZERO;
  private long waits;
  private int unfinished;
  private volatile boolean stopping;
  private volatile @Nullable SimulationException failure;
  private volatile @Nullable SimulatedTask running;

  public Simulation(long seed) {
    this(seed, Duration.ofSeconds(60));
  }

  /**
   * A simulation that nothing has happened in yet.
   *
   * @param patience how long, by the machine's clock, a task may run without waiting
   */
  public Simulation(long seed, Duration patience) {
    this.seed = seed;
    this.patience = patience;
    this.order = new SplittableRandom(seed);
  }

  public long seed() {
    return seed;
  }

  /** The time that its tasks wait through. It starts at 0, and at the beginning of 2026. */
  public TimeSource time() {
    return time;
  }

  /**
   * The same time, that lets another task come in between, for this share of looks at it. Nobody
   * may look at it while holding a lock.
   */
  public TimeSource racingTime(double share) {
    raceShare = share;
    return new RacingTime();
  }

  /** Sets the wall clock forward or back, which measures nothing. */
  public void moveWallClock(Duration by) {
    wallClockError = wallClockError.plus(by);
  }

  /** Adds a task, before the simulation runs or by a task of it. */
  public SimulatedTask spawn(String name, Body body) {
    SimulatedTask task = new SimulatedTask(this, name, body);
    tasks.add(task);
    ready.add(task);
    unfinished++;
    return task;
  }

  /** Something that tasks can wait for. */
  public Gate gate(String name) {
    return new Gate(this, name);
  }

  /**
   * Runs until every task is done.
   *
   * @throws SimulationException when a task fails, when nobody can go on, or when one waits for
   *     something outside of this simulation; its message names the seed
   */
  public void run() {
    if (unfinished > 0) {
      next();
      await();
    }
    SimulationException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  private void await() {
    long before = -1;
    try {
      while (!over.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        SimulatedTask holder = running;
        long seen = waits;
        if (seen == before && holder != null) {
          failure = stuck(holder);
          holder.interruptThread();
          return;
        }
        before = seen;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulationException(seed, "somebody interrupted it", e);
    }
  }

  private SimulationException stuck(SimulatedTask holder) {
    String message =
        "'%s' waits for something outside of the simulation's time".formatted(holder.name());
    return new SimulationException(seed, message, holder.whereItIs());
  }

  /** Gives the turn to whoever is next; by the task that has it, or before there is one. */
  private void next() {
    SimulatedTask chosen = choose();
    running = chosen;
    if (chosen == null) {
      over.countDown();
    } else {
      chosen.takeTurn();
    }
  }

  private @Nullable SimulatedTask choose() {
    if (stopping) {
      return tasks.stream().filter(task -> !task.isDone()).findFirst().orElse(null);
    }
    if (ready.isEmpty()) {
      wakeTheNext();
    }
    if (ready.isEmpty()) {
      return unfinished == 0 ? null : deadlock();
    }
    int index = ready.size() == 1 ? 0 : order.nextInt(ready.size());
    SimulatedTask chosen = ready.get(index);
    ready.set(index, ready.getLast());
    ready.removeLast();
    return chosen;
  }

  /** Time moves to the first wake-up; all that wake up then could go on first. */
  private void wakeTheNext() {
    SimulatedTask first = asleep.poll();
    if (first == null) {
      return;
    }
    now = Math.max(now, first.wakeUp());
    wakeUp(first);
    while (!asleep.isEmpty() && asleep.element().wakeUp() - now <= 0) {
      wakeUp(asleep.remove());
    }
  }

  /** It no longer waits, though it has to wait for its turn. */
  private void wakeUp(SimulatedTask task) {
    task.stopWaiting();
    ready.add(task);
  }

  private @Nullable SimulatedTask deadlock() {
    List<String> waiting =
        tasks.stream().filter(task -> !task.isDone()).map(SimulatedTask::whatItWaitsFor).toList();
    fail(new SimulationException(seed, "nobody can go on: " + String.join(", ", waiting), null));
    return choose();
  }

  private void fail(SimulationException because) {
    if (failure == null) {
      failure = because;
    }
    stopping = true;
  }

  /** The turn goes on; the caller gets it back when it is its turn again. */
  private void pass(SimulatedTask me) throws InterruptedException {
    waits++;
    SimulatedTask chosen = choose();
    if (chosen == null) {
      throw new IllegalStateException("the simulation has ended before its tasks");
    }
    if (chosen != me) {
      running = chosen;
      chosen.takeTurn();
      me.awaitTurn();
    }
    if (stopping) {
      throw new Stopped();
    }
    me.throwIfInterrupted();
  }

  void sleepUntil(long moment) throws InterruptedException {
    SimulatedTask me = me();
    if (stopping) {
      throw new Stopped();
    }
    me.throwIfInterrupted();
    if (moment - now <= 0) {
      ready.add(me);
    } else {
      me.sleepsUntil(moment, waits);
      asleep.add(me);
    }
    pass(me);
  }

  void waitFor(Gate gate) throws InterruptedException {
    SimulatedTask me = me();
    me.throwIfInterrupted();
    me.waitsFor(gate);
    gate.add(me);
    pass(me);
  }

  void wake(SimulatedTask task) {
    if (task.isWaiting()) {
      asleep.remove(task);
      wakeUp(task);
    }
  }

  void ended(SimulatedTask task, @Nullable Throwable thrown) {
    unfinished--;
    if (thrown != null && !(thrown instanceof Stopped)) {
      fail(new SimulationException(seed, "'%s' failed: %s".formatted(task.name(), thrown), thrown));
    }
    next();
  }

  boolean isStopping() {
    return stopping;
  }

  /** The task that runs; by itself. */
  public SimulatedTask current() {
    return me();
  }

  private SimulatedTask me() {
    SimulatedTask me = running;
    if (me == null || !me.isMyThread()) {
      throw new IllegalStateException("only a task of the simulation may wait in its time");
    }
    return me;
  }

  /** Ends the tasks of a simulation that has failed. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the simulation has failed elsewhere", null, false, false);
    }
  }

  private class SimulatedTime implements TimeSource {

    @Override
    public Instant instant() {
      return START.plusNanos(now).plus(wallClockError);
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Simulation.this.sleepUntil(now + duration.toNanos());
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
      if (nanoTime - now > 0) {
        Simulation.this.sleepUntil(nanoTime);
      }
    }
  }

  private final class RacingTime extends SimulatedTime {

    /** An interrupt is kept for the next time that the task waits. */
    @Override
    public long nanoTime() {
      if (!ready.isEmpty() && order.nextDouble() < raceShare) {
        SimulatedTask me = me();
        try {
          ready.add(me);
          pass(me);
        } catch (InterruptedException e) {
          me.interrupt();
        }
      }
      return super.nanoTime();
    }
  }
}

package dev.spillway.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
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
 *
 * <p>What goes on in the background ({@link TimeSource#beside}) is waited for by nobody, and stands
 * still between two runs.
 */
public final class Simulation implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What a task does. */
  public interface Body {
    void run() throws Exception;
  }

  private final long seed;
  private final Duration patience;
  private final SplittableRandom order;
  private final SimulatedTime time = new SimulatedTime();
  private final Set<SimulatedTask> tasks = new LinkedHashSet<>();
  private final List<SimulatedTask> ready = new ArrayList<>();
  private final PriorityQueue<SimulatedTask> asleep = new PriorityQueue<>(SimulatedTask::byWakeUp);
  private volatile CountDownLatch over = new CountDownLatch(1);
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
    unfinished++;
    return begin(name, false, body);
  }

  private SimulatedTask begin(String name, boolean background, Body body) {
    SimulatedTask task = new SimulatedTask(this, name, background, body);
    tasks.add(task);
    ready.add(task);
    return task;
  }

  /** Something that tasks can wait for. */
  public Gate gate(String name) {
    return new SimulatedGate(this, name);
  }

  /**
   * Runs until every task is done that is not of the background, and all has gone on that can at
   * that moment; then others may be added, and it may run again.
   *
   * @throws SimulationException when a task fails, when nobody can go on, or when one waits for
   *     something outside of this simulation; its message names the seed
   */
  public void run() {
    if (unfinished > 0) {
      run(new CountDownLatch(1));
    }
    SimulationException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  private void run(CountDownLatch untilOver) {
    over = untilOver;
    next();
    await(untilOver);
  }

  /** Whether it has come to a bad end, after which nothing goes on. */
  public boolean hasFailed() {
    return failure != null;
  }

  /** Ends what goes on in the background. */
  @Override
  public void close() {
    stopping = true;
    if (!tasks.isEmpty()) {
      run(new CountDownLatch(1));
    }
  }

  /** Whoever interrupts it ends its tasks, each at its next wait. */
  private void await(CountDownLatch untilOver) {
    long before = -1;
    boolean interrupted = false;
    while (true) {
      try {
        if (untilOver.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          break;
        }
        SimulatedTask holder = running;
        long seen = waits;
        if (seen == before && holder != null) {
          failure = stuck(holder);
          holder.interruptThread();
          break;
        }
        before = seen;
      } catch (InterruptedException e) {
        interrupted = true;
        fail(new SimulationException(seed, "somebody interrupted it", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private SimulationException stuck(SimulatedTask holder) {
    String message =
        "'%s' waits for something outside of the simulation's time".formatted(holder.name());
    return new SimulationException(seed, message, holder.whereItIs());
  }

  /** Gives the turn to whoever is next; by the task that has it, or before there is one. */
  private void next() {
    giveTurn(choose());
  }

  private void giveTurn(@Nullable SimulatedTask chosen) {
    running = chosen;
    if (chosen == null) {
      over.countDown();
    } else {
      chosen.takeTurn();
    }
  }

  private @Nullable SimulatedTask choose() {
    if (stopping) {
      return tasks.stream().findFirst().orElse(null);
    }
    if (ready.isEmpty() && unfinished == 0) {
      return null;
    }
    if (ready.isEmpty()) {
      wakeTheNext();
    }
    if (ready.isEmpty()) {
      return deadlock();
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
        tasks.stream()
            .filter(task -> !task.isBackground())
            .map(SimulatedTask::whatItWaitsFor)
            .toList();
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
    if (chosen != me) {
      giveTurn(chosen);
      me.awaitTurn();
    }
    if (stopping) {
      throw new Stopped();
    }
    me.throwIfInterrupted();
  }

  void sleepUntil(long moment) throws InterruptedException {
    SimulatedTask me = whoMayWait();
    if (moment - now <= 0) {
      ready.add(me);
    } else {
      fallAsleep(me, moment);
    }
    pass(me);
  }

  void waitFor(SimulatedGate gate) throws InterruptedException {
    SimulatedTask me = whoMayWait();
    me.waitsFor(gate);
    gate.add(me);
    pass(me);
  }

  /** Until a moment at most. */
  void waitFor(SimulatedGate gate, long moment) throws InterruptedException {
    SimulatedTask me = whoMayWait();
    if (moment - now > 0) {
      me.waitsFor(gate);
      gate.add(me);
      fallAsleep(me, moment);
      pass(me);
    }
  }

  private void fallAsleep(SimulatedTask me, long moment) {
    me.sleepsUntil(moment, waits);
    asleep.add(me);
  }

  private SimulatedTask whoMayWait() throws InterruptedException {
    SimulatedTask me = me();
    if (stopping) {
      throw new Stopped();
    }
    me.throwIfInterrupted();
    return me;
  }

  void wake(SimulatedTask task) {
    if (task.isWaiting()) {
      asleep.remove(task);
      wakeUp(task);
    }
  }

  void ended(SimulatedTask task, @Nullable Throwable thrown) {
    tasks.remove(task);
    if (!task.isBackground()) {
      unfinished--;
    }
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
    public Gate gate(String name) {
      return Simulation.this.gate(name);
    }

    @Override
    public void beside(String name, Runnable body) {
      SimulatedTask unused = begin(name, true, body::run);
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

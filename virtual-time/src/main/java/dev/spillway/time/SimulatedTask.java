package dev.spillway.time;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of the things that go on at the same time in a {@link Simulation}. */
public final class SimulatedTask {

  private final Simulation simulation;
  private final String name;
  private final boolean background;
  private final Thread thread;
  private volatile boolean turn;
  private volatile boolean done;
  private long wakeUp;
  private long since;
  private boolean waiting;
  private boolean interrupted;
  private @Nullable SimulatedGate gate;

  SimulatedTask(Simulation simulation, String name, boolean background, Simulation.Body body) {
    this.simulation = simulation;
    this.name = name;
    this.background = background;
    this.thread = Thread.ofVirtual().name(name).start(() -> live(body));
  }

  private void live(Simulation.Body body) {
    Throwable thrown = null;
    try {
      awaitTurn();
      if (!simulation.isStopping()) {
        body.run();
      }
    } catch (Throwable e) {
      thrown = e;
    }
    done = true;
    simulation.ended(this, thrown);
  }

  public String name() {
    return name;
  }

  /** Whether nobody waits for its end. */
  boolean isBackground() {
    return background;
  }

  public boolean isDone() {
    return done;
  }

  /** Interrupts it where it waits, or when it next does. */
  public void interrupt() {
    interrupted = true;
    simulation.wake(this);
  }

  /** Forgets an interrupt that it has not noticed yet; by the task itself. */
  public void clearInterrupt() {
    boolean unused = Thread.interrupted();
    interrupted = false;
  }

  /** Whoever has caught an interrupt and set it again is found out, too. */
  void throwIfInterrupted() throws InterruptedException {
    boolean again = Thread.interrupted();
    if (interrupted || again) {
      interrupted = false;
      throw new InterruptedException("'" + name + "' was interrupted");
    }
  }

  void takeTurn() {
    turn = true;
    LockSupport.unpark(thread);
  }

  void awaitTurn() {
    while (!turn) {
      LockSupport.park(this);
    }
    turn = false;
  }

  void sleepsUntil(long moment, long order) {
    wakeUp = moment;
    since = order;
    waiting = true;
  }

  void waitsFor(SimulatedGate closed) {
    gate = closed;
    waiting = true;
  }

  boolean isWaiting() {
    return waiting;
  }

  void stopWaiting() {
    SimulatedGate left = gate;
    if (left != null) {
      left.remove(this);
      gate = null;
    }
    waiting = false;
  }

  boolean isMyThread() {
    return Thread.currentThread().equals(thread);
  }

  void interruptThread() {
    thread.interrupt();
  }

  Throwable whereItIs() {
    Throwable place = new Throwable("where '" + name + "' is");
    place.setStackTrace(thread.getStackTrace());
    return place;
  }

  long wakeUp() {
    return wakeUp;
  }

  int byWakeUp(SimulatedTask other) {
    int first = Long.compare(wakeUp, other.wakeUp);
    return first != 0 ? first : Long.compare(since, other.since);
  }

  String whatItWaitsFor() {
    SimulatedGate closed = gate;
    return closed == null ? "'" + name + "'" : "'" + name + "' waits for '" + closed.name() + "'";
  }
}

package dev.spillway.time;

import java.util.ArrayList;
import java.util.List;

/** Holds tasks of a {@link Simulation} up until somebody opens it; it stays open then. */
public final class Gate {

  private final Simulation simulation;
  private final String name;
  private final List<SimulatedTask> waiting = new ArrayList<>();
  private boolean open;

  Gate(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Waits until it is open. */
  public void pass() throws InterruptedException {
    if (!open) {
      simulation.waitFor(this);
    }
  }

  public void open() {
    open = true;
    List.copyOf(waiting).forEach(simulation::wake);
  }

  void add(SimulatedTask task) {
    waiting.add(task);
  }

  void remove(SimulatedTask task) {
    waiting.remove(task);
  }
}

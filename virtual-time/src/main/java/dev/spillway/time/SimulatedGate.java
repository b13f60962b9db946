package dev.spillway.time;

import java.util.ArrayList;
import java.util.List;

/** A gate for the tasks of a {@link Simulation}. */
final class SimulatedGate implements Gate {

  private final Simulation simulation;
  private final String name;
  private final List<SimulatedTask> waiting = new ArrayList<>();
  private boolean open;

  SimulatedGate(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void pass() throws InterruptedException {
    if (!open) {
      simulation.waitFor(this);
    }
  }

  @Override
  public boolean passBy(long nanoTime) throws InterruptedException {
    if (!open) {
      simulation.waitFor(this, nanoTime);
    }
    return open;
  }

  @Override
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

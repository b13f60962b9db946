package dev.spillway.rehearsal;

import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.PartException;
import dev.spillway.time.SimulatedTask;
import dev.spillway.time.Simulation;
import dev.spillway.time.SimulationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts that are played as tasks of a simulation. The first that fails interrupts the others. */
final class Play {

  private final Simulation simulation;
  private final List<SimulatedTask> tasks = new ArrayList<>();
  private @Nullable PartException failure;

  Play(Simulation simulation) {
    this.simulation = simulation;
  }

  void add(Part part) {
    tasks.add(simulation.spawn(part.name(), () -> play(part)));
  }

  /**
   * Plays them to their ends.
   *
   * @throws PartException when one fails, or when they cannot go on together
   */
  void run() {
    try {
      simulation.run();
    } catch (SimulationException e) {
      throw new PartException(String.valueOf(e.getMessage()), e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void play(Part part) {
    try {
      part.body().run();
    } catch (Exception e) {
      if (failure == null) {
        failure = new PartException(part, e);
        tasks.forEach(SimulatedTask::interrupt);
      }
    }
  }
}

package dev.spillway.emulator.fault;

import dev.spillway.control.FaultAction;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.List;

/** Waits where faults say so, by the emulator's clock; not at all while that stands still. */
public final class Pauses {

  private final TimeSource time;

  public Pauses(TimeSource time) {
    this.time = time;
  }

  /** Waits for all delays and stalls among these. */
  public void pause(List<Hit> hits) {
    for (Hit hit : hits) {
      switch (hit.what()) {
        case FaultAction.Delay delay -> pause(delay.time());
        case FaultAction.Stall stall -> pause(stall.time());
        default -> {}
      }
    }
  }

  public void pause(Duration span) {
    try {
      time.sleepWhileRunning(time.nanoTime() + span.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.spillway.scenarios.stage;

import dev.spillway.control.EmulatorControl;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.util.List;

/**
 * Where a scenario is played: an emulator, a router before it, and the time that both live in.
 *
 * <p>Nothing has been asked of it when a scenario begins, and it plays one scenario only.
 */
public interface Stage extends AutoCloseable {

  /** Steers the emulator that the router has as its backends. */
  EmulatorControl emulator();

  /** What players wait by, and what everything is measured with. */
  TimeSource time();

  /**
   * Runs all parts side by side, until each is done or one has failed.
   *
   * @throws PartException for the first part that failed; the others are interrupted then
   */
  void play(List<Part> parts) throws InterruptedException;

  /**
   * Sends a call to the router and returns when status and headers are there; by a part.
   *
   * @throws CallerLeftException when the caller's patience is over before that; it has left then
   * @throws IOException when there is no connection, or it breaks before that
   */
  Reply send(HttpCall call) throws IOException, InterruptedException;

  /** What the router says about itself, one JSON text for each request; empty where it cannot. */
  default List<String> traces() {
    return List.of();
  }

  /** Ends the emulator and, where this stage has started it, the router. */
  @Override
  void close();
}

package dev.spillway.cli.check;

import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.time.TimeSource;

/** Where the router of a scenario comes from. */
public interface Routers {

  /**
   * The router, ready to be asked.
   *
   * @param time what it lives in, where it lives in this process
   * @throws StageException when it cannot be had
   */
  RunningRouter ready(Setup setup, TimeSource time) throws StageException, InterruptedException;
}

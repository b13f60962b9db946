package dev.spillway.cli.check;

import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.http.ListenException;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.scenarios.stage.Stages;
import dev.spillway.time.VirtualClock;

/** Stages in real time: an emulator at the setup's addresses, and a router before it. */
public final class SocketStages implements Stages {

  private final Routers routers;
  private boolean isWarm;

  public SocketStages(Routers routers) {
    this.routers = routers;
  }

  @Override
  public Stage set(Setup setup, long seed) throws StageException, InterruptedException {
    if (!isWarm) {
      isWarm = true;
      Warmup.run();
    }
    EmulatorConfig config = EmulatorConfig.read(setup.emulator()).toBuilder().seed(seed).build();
    VirtualClock clock = VirtualClock.running();
    Emulator emulator = started(config, clock);
    try {
      return new SocketStage(emulator, routers.ready(setup, clock), clock);
    } catch (StageException | InterruptedException | RuntimeException e) {
      emulator.close();
      throw e;
    }
  }

  private static Emulator started(EmulatorConfig config, VirtualClock clock) throws StageException {
    try {
      return Emulator.start(config, clock);
    } catch (ListenException e) {
      throw new StageException(String.valueOf(e.getMessage()), e);
    }
  }
}

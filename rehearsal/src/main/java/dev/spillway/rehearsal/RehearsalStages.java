package dev.spillway.rehearsal;

import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.http.ListenException;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.recording.RecordingFolder;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.RouterStartException;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.scenarios.stage.Stages;
import dev.spillway.time.Simulation;
import dev.spillway.yaml.YamlValue;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stages where our own two programs are played without sockets, and an hour takes seconds. */
public final class RehearsalStages implements Stages {

  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<Upstream> backends;

  /**
   * Stages.
   *
   * @param environment what {@code ${NAME}} in a router's configuration stands for
   */
  public RehearsalStages(Function<String, @Nullable String> environment) {
    this(environment, UnaryOperator.identity());
  }

  /**
   * Stages whose routers reach their backends by way of something.
   *
   * @param backends what is put before the way in memory
   */
  RehearsalStages(
      Function<String, @Nullable String> environment, UnaryOperator<Upstream> backends) {
    this.environment = environment;
    this.backends = backends;
  }

  @Override
  public Stage set(Setup setup, long seed) throws StageException {
    YamlValue section = setup.router();
    if (section == null) {
      throw new StageException("the setup has no 'router', and no other router was named");
    }
    EmulatorConfig emulator = EmulatorConfig.read(setup.emulator());
    RouterConfig router = RouterConfig.read(section, environment);
    Optional<String> obstacle = Obstacles.of(emulator, router);
    if (obstacle.isPresent()) {
      throw new StageException(obstacle.get() + " cannot be rehearsed, but played in real time");
    }
    try {
      return RehearsalStage.of(
          emulator.toBuilder().seed(seed).build(), router, backends, new Simulation(seed));
    } catch (ListenException
        | LimitStoreException
        | RecordingFolder.Unusable
        | RouterStartException
        | IllegalArgumentException e) {
      throw new StageException(String.valueOf(e.getMessage()), e);
    }
  }
}

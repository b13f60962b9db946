package dev.spillway.rehearsal;

import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.http.ListenException;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.recording.RecordingFolder;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.RouterStartException;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.scenarios.stage.Stages;
import dev.spillway.time.Simulation;
import dev.spillway.yaml.YamlValue;
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
    checkCredentials(router);
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

  private static void checkCredentials(RouterConfig router) throws StageException {
    for (Backend backend : router.backends().values()) {
      if (backend.credential() instanceof Credential.Token) {
        throw new StageException(
            "the backend '"
                + backend.name()
                + "' wants tokens of Entra, which are not rehearsed; it can be played in real time");
      }
    }
  }
}

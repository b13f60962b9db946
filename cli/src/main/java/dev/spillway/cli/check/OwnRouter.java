package dev.spillway.cli.check;

import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.RouterStartException;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.YamlValue;
import java.util.List;

/** Our own router, in this process, a new one for each scenario. */
public final class OwnRouter implements Routers {

  @Override
  public RunningRouter ready(Setup setup, TimeSource time) throws StageException {
    YamlValue section = setup.router();
    if (section == null) {
      throw new StageException("the setup has no 'router', and no other router was named");
    }
    try {
      return new Running(FailoverRouter.start(RouterConfig.read(section, System::getenv), time));
    } catch (RouterStartException e) {
      throw new StageException(String.valueOf(e.getMessage()), e);
    }
  }

  private record Running(FailoverRouter router) implements RunningRouter {

    @Override
    public String address() {
      String address = router.uri().toString();
      return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Override
    public List<String> traces() {
      return router.traces();
    }

    @Override
    public void close() {
      router.close();
    }
  }
}

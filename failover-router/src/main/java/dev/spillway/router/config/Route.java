package dev.spillway.router.config;

import dev.spillway.router.backend.Pool;
import dev.spillway.router.plan.Terms;
import dev.spillway.wire.Operation;

/** Which calls go to which pool. */
public sealed interface Route {

  /** What the configuration calls it: its path, its deployment or its model. */
  String name();

  Pool pool();

  /** On what terms its requests are served. */
  Terms terms();

  /** One path of the user's own, which always means one operation. */
  record ByPath(String path, Operation operation, Pool pool, Terms terms) implements Route {
    @Override
    public String name() {
      return path;
    }

    @Override
    public String toString() {
      return path + " (" + operation.path() + ")";
    }
  }

  /** {@code /openai/deployments/{deployment}/…}. */
  record ByDeployment(String deployment, Pool pool, Terms terms) implements Route {
    @Override
    public String name() {
      return deployment;
    }

    @Override
    public String toString() {
      return "/openai/deployments/" + deployment + "/...";
    }
  }

  /** {@code /openai/v1/…} with this {@code model} in the body. */
  record ByModel(String model, Pool pool, Terms terms) implements Route {
    @Override
    public String name() {
      return model;
    }

    @Override
    public String toString() {
      return "/openai/v1/... with model " + model;
    }
  }
}

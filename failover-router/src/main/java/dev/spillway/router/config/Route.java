package dev.spillway.router.config;

import dev.spillway.router.backend.Pool;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.routing.Destination;
import dev.spillway.wire.Operation;
import java.util.List;

/** Which calls go to which pool. */
public sealed interface Route {

  /** What the configuration calls it: its path, its deployment, its model or {@code resource}. */
  String name();

  /** Which pool each of its requests goes to. */
  Destination to();

  /** Every pool that it leads to. */
  default List<Pool> pools() {
    return to().pools();
  }

  /** On what terms its requests are served. */
  Terms terms();

  /** One path of the user's own, which always means one operation. */
  record ByPath(String path, Operation operation, Destination to, Terms terms) implements Route {
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
  record ByDeployment(String deployment, Destination to, Terms terms) implements Route {
    @Override
    public String name() {
      return deployment;
    }

    @Override
    public String toString() {
      return "/openai/deployments/" + deployment + "/...";
    }
  }

  /** What names neither a deployment nor a model: files, batches, responses that are kept. */
  record ByResource(Destination to, Terms terms) implements Route {
    @Override
    public String name() {
      return "resource";
    }

    @Override
    public String toString() {
      return "/openai/... with neither deployment nor model";
    }
  }

  /** {@code /openai/v1/…} with this {@code model} in the body. */
  record ByModel(String model, Destination to, Terms terms) implements Route {
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

package dev.spillway.router.backend;

import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a backend is spoken to. */
public sealed interface Api {

  /** What the model is called there. */
  String model();

  /**
   * A deployment of an Azure OpenAI resource.
   *
   * @param deployment its name there
   * @param path on which of the resource's routes it is asked
   * @param apiVersion sent on dated routes instead of the caller's; null keeps the caller's
   */
  record Azure(String deployment, AzurePath path, @Nullable String apiVersion) implements Api {
    @Override
    public String model() {
      return deployment;
    }

    /** The route on which it is asked what a caller asks on another. */
    public AzureRoute routeFor(AzureRoute callers) {
      return switch (path) {
        case DATED -> dated(callers);
        case V1 -> new AzureRoute.V1(callers.rest());
        case CALLERS -> callers instanceof AzureRoute.V1 ? callers : dated(callers);
      };
    }

    /** Most operations are below the deployment, and the others below the resource. */
    private AzureRoute dated(AzureRoute callers) {
      Optional<Operation> operation = Operation.byPath(callers.rest());
      boolean ofDeployment =
          switch (callers) {
            case AzureRoute.Dated it -> true;
            case AzureRoute.V1 it -> operation.isPresent();
            case AzureRoute.Resource it -> false;
          };
      return ofDeployment && !operation.equals(Optional.of(Operation.RESPONSES))
          ? new AzureRoute.Dated(deployment, callers.rest())
          : new AzureRoute.Resource(callers.rest());
    }
  }

  /** Any endpoint that speaks OpenAI's own API below its address, with a bearer token. */
  record OpenAi(String model) implements Api {}

  static Api azure(String deployment, @Nullable String apiVersion) {
    return new Azure(deployment, AzurePath.CALLERS, apiVersion);
  }
}

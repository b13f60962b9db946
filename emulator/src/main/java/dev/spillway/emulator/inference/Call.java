package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.fault.FaultPlan;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.RequestAsSent;
import dev.spillway.wire.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One call, authenticated and read, on its way to a deployment.
 *
 * @param origin how and by whom it came
 * @param deployment what it asks for
 * @param spillover the deployment that the caller names for a spillover; null for none
 * @param contentFilter the policy that the caller asks for; null for the deployment's
 * @param operation what is asked of it
 * @param sent the request that {@code body} was read from
 */
public record Call(
    Origin origin,
    DeploymentId deployment,
    @Nullable String spillover,
    @Nullable String contentFilter,
    Operation operation,
    ParsedBody body,
    RequestAsSent sent) {

  /** Whether it asks for a stream. */
  boolean stream() {
    return body instanceof ParsedBody.Valid valid && valid.request().stream();
  }

  /**
   * How a call came, for the journal.
   *
   * @param seed what its answer is derived from
   * @param requestId the answer's {@code apim-request-id}
   * @param clientRequestId the caller's own name for the request
   * @param resource the name of the resource it came to; null when there is none of that name
   * @param caller the name of the key it came with, or the principal of its token
   * @param operation what its path asks for; null for what no deployment does
   * @param body the request's body as text, where the journal keeps it
   * @param faults what goes wrong with it
   */
  public record Origin(
      CallSeed seed,
      String requestId,
      @Nullable String clientRequestId,
      @Nullable String resource,
      @Nullable String caller,
      String method,
      String path,
      @Nullable Operation operation,
      @Nullable String apiVersion,
      @Nullable String body,
      FaultPlan faults) {}
}

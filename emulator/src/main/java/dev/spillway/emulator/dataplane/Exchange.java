package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a wire profile may know of the call it writes an answer to.
 *
 * @param requestId the answer's {@code apim-request-id}
 * @param clientRequestId the caller's {@code x-ms-client-request-id}
 * @param apiVersion of a dated route; null on v1
 * @param now the moment the answer is written
 */
record Exchange(
    Resource resource,
    CallSeed seed,
    String requestId,
    @Nullable String clientRequestId,
    Operation operation,
    @Nullable ApiVersion apiVersion,
    Instant arrived,
    Instant now) {

  /** Whether it came to the route without a deployment in its path. */
  boolean onV1() {
    return apiVersion == null;
  }

  /** The same call at a later moment. */
  Exchange at(Instant later) {
    return new Exchange(
        resource, seed, requestId, clientRequestId, operation, apiVersion, arrived, later);
  }
}

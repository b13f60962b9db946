package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as it stands.
 *
 * @param resource whose it is
 * @param spec what it was asked to be
 * @param path where it is called, below the emulator's address
 * @param tokens the tokens of its window; the weighted tokens of a provisioned deployment's minute
 * @param requests the requests of its window
 * @param utilization of a provisioned deployment, in percent, and above 100 after a burst; null for
 *     a Standard one
 * @param reduction that it has only a part of its limits for a while; null while it has them all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentStatus(
    String resource,
    DeploymentSpec spec,
    String path,
    WindowStatus tokens,
    WindowStatus requests,
    @Nullable Double utilization,
    @Nullable ReductionStatus reduction) {

  public String name() {
    return spec.name();
  }
}

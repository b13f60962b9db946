package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a deployment; what is null stays.
 *
 * <p>A new capacity without a {@code tpm} beside it takes back a {@code tpm} that was set apart, so
 * that the capacity has its effect.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentPatch(@Nullable Limit capacity, @Nullable Limit tpm, @Nullable Limit rpm) {

  public static DeploymentPatch capacity(long units) {
    return new DeploymentPatch(Limit.of(units), null, null);
  }

  public static DeploymentPatch rpm(Limit rpm) {
    return new DeploymentPatch(null, null, rpm);
  }
}

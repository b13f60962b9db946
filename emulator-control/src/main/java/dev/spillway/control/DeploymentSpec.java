package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment should be.
 *
 * @param name what callers put into the path
 * @param model the model's Azure name, such as {@code gpt-35-turbo}
 * @param version the model's version; null for the catalogue's
 * @param sku {@code Standard}, {@code GlobalStandard} or {@code DataZoneStandard}
 * @param capacity in units of {@code sku.capacity}: 1 = 1,000 tokens a minute
 * @param tpm tokens a minute where they shall not follow from the capacity; null otherwise
 * @param rpm requests a minute where they shall not follow from the capacity; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentSpec(
    String name,
    String model,
    @Nullable String version,
    String sku,
    Limit capacity,
    @Nullable Limit tpm,
    @Nullable Limit rpm) {

  public static final String STANDARD = "Standard";

  private static final Set<String> SKUS = Set.of(STANDARD, "GlobalStandard", "DataZoneStandard");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  public DeploymentSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a deployment's name is 1 to 64 letters, digits, '_', '.' or '-', not '" + name + "'");
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException("the deployment '" + name + "' names no model");
    }
    if (!SKUS.contains(sku)) {
      throw new IllegalArgumentException(
          "the sku of '"
              + name
              + "' must be Standard, GlobalStandard or DataZoneStandard, not '"
              + sku
              + "'");
    }
  }

  /** A Standard deployment of the model's usual version. */
  public static DeploymentSpec standard(String name, String model, Limit capacity) {
    return new DeploymentSpec(name, model, null, STANDARD, capacity, null, null);
  }

  public DeploymentSpec withTpm(Limit tpm) {
    return new DeploymentSpec(name, model, version, sku, capacity, tpm, rpm);
  }

  public DeploymentSpec withRpm(Limit rpm) {
    return new DeploymentSpec(name, model, version, sku, capacity, tpm, rpm);
  }

  /** This deployment with what the patch names replaced. */
  public DeploymentSpec patched(DeploymentPatch patch) {
    return new DeploymentSpec(
        name,
        model,
        version,
        sku,
        patch.capacity() != null ? patch.capacity() : capacity,
        patch.tpm() != null ? patch.tpm() : patch.capacity() != null ? null : tpm,
        patch.rpm() != null ? patch.rpm() : rpm);
  }
}

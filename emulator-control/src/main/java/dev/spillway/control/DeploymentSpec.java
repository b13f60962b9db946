package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment should be.
 *
 * @param name what callers put into the path
 * @param model the model's Azure name, such as {@code gpt-35-turbo}
 * @param version the model's version; null for the catalogue's
 * @param sku {@code Standard} or {@code ProvisionedManaged}, or one of them with {@code Global} or
 *     {@code DataZone} before it
 * @param capacity in units of {@code sku.capacity}: 1 = 1,000 tokens a minute of a Standard
 *     deployment, or 1 PTU of a provisioned one
 * @param tpm tokens a minute where they shall not follow from the capacity; null otherwise
 * @param rpm requests a minute where they shall not follow from the capacity; null otherwise
 * @param spillover the Standard deployment that takes what a provisioned one has no room for; null
 *     for none. ARM calls it {@code spilloverDeploymentName}
 * @param contentFilter the policy that filters its prompts and completions; null for Microsoft's
 *     default. ARM calls it {@code raiPolicyName}
 * @param latency how long its answers take; null for as the resource has it
 * @param generator what its answers say; null for {@link GeneratorSpec#USUAL}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentSpec(
    String name,
    String model,
    @Nullable String version,
    String sku,
    Limit capacity,
    @Nullable Limit tpm,
    @Nullable Limit rpm,
    @JsonAlias("spilloverDeploymentName") @Nullable String spillover,
    @JsonAlias("raiPolicyName") @Nullable String contentFilter,
    @Nullable LatencySpec latency,
    @Nullable GeneratorSpec generator) {

  public static final String STANDARD = "Standard";
  public static final String PROVISIONED = "ProvisionedManaged";

  /** What {@code sku} may be. */
  public static final List<String> SKUS =
      List.of(
          STANDARD,
          "GlobalStandard",
          "DataZoneStandard",
          PROVISIONED,
          "GlobalProvisionedManaged",
          "DataZoneProvisionedManaged");

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
          "the sku of '%s' must be one of %s, not '%s'"
              .formatted(name, String.join(", ", SKUS), sku));
    }
    if (sku.endsWith(PROVISIONED)) {
      checkProvisioned(name, capacity, tpm, rpm);
    } else if (spillover != null) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot spill over: only provisioned deployments do");
    }
  }

  /** A deployment with the resource's latency and the usual generator. */
  public DeploymentSpec(
      String name,
      String model,
      @Nullable String version,
      String sku,
      Limit capacity,
      @Nullable Limit tpm,
      @Nullable Limit rpm,
      @Nullable String spillover,
      @Nullable String contentFilter) {
    this(name, model, version, sku, capacity, tpm, rpm, spillover, contentFilter, null, null);
  }

  private static void checkProvisioned(
      String name, Limit capacity, @Nullable Limit tpm, @Nullable Limit rpm) {
    if (tpm != null || rpm != null) {
      throw new IllegalArgumentException(
          "'" + name + "' is provisioned: its capacity counts PTUs, and it takes no tpm or rpm");
    }
    if (capacity.isUnlimited() || capacity.count() == 0) {
      throw new IllegalArgumentException(
          "'" + name + "' is provisioned: its capacity is a number of PTUs from 1 up");
    }
  }

  /** A Standard deployment of the model's usual version. */
  public static DeploymentSpec standard(String name, String model, Limit capacity) {
    return new DeploymentSpec(name, model, null, STANDARD, capacity, null, null, null, null);
  }

  /** A provisioned deployment of the model's usual version. */
  public static DeploymentSpec provisioned(String name, String model, long ptus) {
    return new DeploymentSpec(
        name, model, null, PROVISIONED, Limit.of(ptus), null, null, null, null);
  }

  /** Whether its capacity counts PTUs. */
  public boolean provisioned() {
    return sku.endsWith(PROVISIONED);
  }

  /** Whether it may spill over to the other: a Standard one at the same data-processing level. */
  public boolean maySpillTo(DeploymentSpec other) {
    return provisioned() && standardSku().equals(other.sku);
  }

  /** The sku of Standard deployments at the same data-processing level. */
  public String standardSku() {
    return sku.replace(PROVISIONED, STANDARD);
  }

  public DeploymentSpec withTpm(Limit tpm) {
    return new DeploymentSpec(
        name,
        model,
        version,
        sku,
        capacity,
        tpm,
        rpm,
        spillover,
        contentFilter,
        latency,
        generator);
  }

  public DeploymentSpec withRpm(Limit rpm) {
    return new DeploymentSpec(
        name,
        model,
        version,
        sku,
        capacity,
        tpm,
        rpm,
        spillover,
        contentFilter,
        latency,
        generator);
  }

  public DeploymentSpec withSpillover(@Nullable String deployment) {
    return new DeploymentSpec(
        name,
        model,
        version,
        sku,
        capacity,
        tpm,
        rpm,
        deployment,
        contentFilter,
        latency,
        generator);
  }

  public DeploymentSpec withContentFilter(@Nullable String policy) {
    return new DeploymentSpec(
        name, model, version, sku, capacity, tpm, rpm, spillover, policy, latency, generator);
  }

  public DeploymentSpec withLatency(@Nullable LatencySpec other) {
    return new DeploymentSpec(
        name, model, version, sku, capacity, tpm, rpm, spillover, contentFilter, other, generator);
  }

  public DeploymentSpec withGenerator(@Nullable GeneratorSpec other) {
    return new DeploymentSpec(
        name, model, version, sku, capacity, tpm, rpm, spillover, contentFilter, latency, other);
  }

  public GeneratorSpec generatorOrUsual() {
    return generator == null ? GeneratorSpec.USUAL : generator;
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
        patch.rpm() != null ? patch.rpm() : rpm,
        patch.spillover() == null ? spillover : named(patch.spillover()),
        patch.contentFilter() == null ? contentFilter : named(patch.contentFilter()),
        patch.latency() == null ? latency : set(patch.latency()),
        patch.generator() == null ? generator : patch.generator());
  }

  private static @Nullable LatencySpec set(LatencySpec other) {
    return "".equals(other.preset()) ? null : other;
  }

  private static @Nullable String named(String name) {
    return name.isEmpty() ? null : name;
  }
}

package dev.spillway.emulator.deployment;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.wire.Operation;

/**
 * A deployment that can be called.
 *
 * @param resource the name of the resource that it belongs to
 * @param spec what it was asked to be
 * @param model what is known of its model
 */
public record Deployment(String resource, DeploymentSpec spec, ModelProfile model) {

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException when the spec does not go with the model
   */
  public Deployment {
    if (model.modelClass() == ModelClass.MEDIA && spec.tpm() != null) {
      throw new IllegalArgumentException(
          "'%s' takes no tpm: %s is limited by requests only".formatted(spec.name(), spec.model()));
    }
  }

  public DeploymentId id() {
    return new DeploymentId(resource, spec.name());
  }

  public String name() {
    return spec.name();
  }

  /**
   * How answers call the model: its snapshot, of the version that was deployed. A model whose
   * snapshot names no version is called the same whatever its version is.
   */
  public String modelInAnswers() {
    String version = spec.version();
    return version != null && model.snapshot().equals(model.name() + "-" + model.version())
        ? model.name() + "-" + version
        : model.snapshot();
  }

  /** Whether an operation can be asked of it. */
  public boolean does(Operation operation) {
    String version = spec.version();
    return model.capabilities().does(operation, version == null ? model.version() : version);
  }

  /** Whether its capacity counts PTUs. */
  public boolean provisioned() {
    return spec.provisioned();
  }

  /**
   * Tokens a minute: set apart, or capacity x the model's tokens per unit; of a provisioned one the
   * weighted tokens that its PTUs are good for; any number of a model that only requests are
   * counted of.
   */
  public Limit tokensPerMinute() {
    if (provisioned()) {
      return spec.capacity().times(model.ptu().inputTpm());
    }
    if (model.modelClass() == ModelClass.MEDIA) {
      return Limit.UNLIMITED;
    }
    Limit apart = spec.tpm();
    return apart != null ? apart : spec.capacity().times(model.tpmPerUnit());
  }

  /**
   * Requests a minute: set apart, or capacity x the model's requests per unit; of a provisioned one
   * any number.
   */
  public Limit requestsPerMinute() {
    if (provisioned()) {
      return Limit.UNLIMITED;
    }
    Limit apart = spec.rpm();
    return apart != null ? apart : spec.capacity().times(model.rpmPerUnit());
  }
}

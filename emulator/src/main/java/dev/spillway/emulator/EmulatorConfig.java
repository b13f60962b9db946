package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.dataplane.WireProfile;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.yaml.ListenAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator starts.
 *
 * @param listen where; port 0 for any that is free
 * @param wire whose bodies and headers to speak
 * @param seed what answers and identifiers are derived from
 * @param chargeBy which estimate the token limit is charged with
 * @param resource the Azure resource that is imitated
 * @param deployments its deployments
 * @param adminKey what the control API asks for; null for nothing
 * @param maxRequestBytes the largest body that is read
 * @param journalCalls how many calls the journal keeps
 * @param journalBodies whether it keeps the requests' bodies, and with them the prompts
 */
public record EmulatorConfig(
    ListenAddress listen,
    WireProfile wire,
    long seed,
    ChargeBy chargeBy,
    Resource resource,
    List<DeploymentSpec> deployments,
    @Nullable String adminKey,
    int maxRequestBytes,
    int journalCalls,
    boolean journalBodies) {

  public EmulatorConfig {
    deployments = List.copyOf(deployments);
  }

  /** What starts when nothing is said at all. */
  public static EmulatorConfig defaults() {
    return new EmulatorConfig(
        ListenAddress.parse("127.0.0.1:8080"),
        WireProfiles.LATEST,
        42,
        ChargeBy.DOCUMENTED,
        new Resource("local", "eastus", "OpenAI", List.of("emulator-key")),
        List.of(
            DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(40)),
            DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40))),
        null,
        32 * 1024 * 1024,
        10_000,
        true);
  }

  /**
   * Reads an {@code emulator.yaml}.
   *
   * @param environment what {@code ${NAME}} in a value stands for; null for a name that is not set
   * @throws dev.spillway.yaml.YamlException with file and line, when it cannot be used
   */
  public static EmulatorConfig read(Path file, Function<String, @Nullable String> environment) {
    return EmulatorYaml.read(file, environment);
  }

  /** Reads the text of an {@code emulator.yaml}, as {@link #read} does. */
  public static EmulatorConfig parse(
      String name, String yaml, Function<String, @Nullable String> environment) {
    return EmulatorYaml.parse(name, yaml, environment);
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes a configuration; what is not named stays. */
  public static final class Builder {

    private final EmulatorConfig from;
    private ListenAddress listen;
    private WireProfile wire;
    private long seed;
    private ChargeBy chargeBy;
    private Resource resource;
    private final List<DeploymentSpec> deployments;
    private @Nullable String adminKey;

    private Builder(EmulatorConfig from) {
      this.from = from;
      this.listen = from.listen;
      this.wire = from.wire;
      this.seed = from.seed;
      this.chargeBy = from.chargeBy;
      this.resource = from.resource;
      this.deployments = new ArrayList<>(from.deployments);
      this.adminKey = from.adminKey;
    }

    public Builder listen(String address) {
      listen = ListenAddress.parse(address);
      return this;
    }

    public Builder wire(WireProfile profile) {
      wire = profile;
      return this;
    }

    public Builder seed(long number) {
      seed = number;
      return this;
    }

    public Builder chargeBy(ChargeBy rule) {
      chargeBy = rule;
      return this;
    }

    public Builder keys(List<String> keys) {
      resource =
          new Resource(resource.name(), resource.region(), resource.kind(), List.copyOf(keys));
      return this;
    }

    public Builder region(String region) {
      resource = new Resource(resource.name(), region, resource.kind(), resource.keys());
      return this;
    }

    /** Without any deployment. */
    public Builder noDeployments() {
      deployments.clear();
      return this;
    }

    /** With this deployment instead of one of the same name, or beside the others. */
    public Builder deployment(DeploymentSpec spec) {
      deployments.removeIf(other -> other.name().equals(spec.name()));
      deployments.add(spec);
      return this;
    }

    public Builder adminKey(@Nullable String key) {
      adminKey = key;
      return this;
    }

    public EmulatorConfig build() {
      return new EmulatorConfig(
          listen,
          wire,
          seed,
          chargeBy,
          resource,
          deployments,
          adminKey,
          from.maxRequestBytes,
          from.journalCalls,
          from.journalBodies);
    }
  }
}

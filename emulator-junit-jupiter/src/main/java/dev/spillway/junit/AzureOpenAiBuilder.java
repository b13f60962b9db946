package dev.spillway.junit;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.dataplane.WireProfile;
import dev.spillway.emulator.dataplane.WireProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link AzureOpenAiExtension}. What is wrong with it is said when the tests begin.
 *
 * <p>The deployments that are named take the place of the usual ones, and stand beside those of a
 * {@code config}.
 */
public final class AzureOpenAiBuilder {

  private @Nullable Function<Class<?>, EmulatorConfig> config;
  private final List<Supplier<DeploymentSpec>> deployments = new ArrayList<>();
  private final List<Consumer<EmulatorConfig.Builder>> changes = new ArrayList<>();
  private boolean frozen;
  private boolean reset = true;

  AzureOpenAiBuilder() {}

  /** A Standard deployment of so many thousand tokens a minute. */
  public AzureOpenAiBuilder deployment(String name, String model, long capacity) {
    return deployment(() -> DeploymentSpec.standard(name, model, Limit.of(capacity)));
  }

  public AzureOpenAiBuilder deployment(DeploymentSpec spec) {
    return deployment(() -> spec);
  }

  AzureOpenAiBuilder deployment(Supplier<DeploymentSpec> spec) {
    deployments.add(spec);
    return this;
  }

  /** Whose bodies and headers to speak: {@code 2023}, {@code 2024}, {@code 2025}, {@code 2026}. */
  public AzureOpenAiBuilder wire(String year) {
    return with(emulator -> emulator.wire(profile(year)));
  }

  /** What answers and identifiers are derived from. */
  public AzureOpenAiBuilder seed(long seed) {
    return with(emulator -> emulator.seed(seed));
  }

  /** The first resource's key. */
  public AzureOpenAiBuilder key(String key) {
    return with(emulator -> emulator.keys(List.of(key)));
  }

  /** A port that has to be this one; otherwise it is any that is free. */
  public AzureOpenAiBuilder port(int port) {
    return with(emulator -> emulator.listen("127.0.0.1:" + port));
  }

  /**
   * An {@code emulator.yaml}: a resource, seen from the test class or from the root of the class
   * path, or else a file. Where it says to listen does not count.
   */
  public AzureOpenAiBuilder config(String resourceOrFile) {
    config = testClass -> ConfigFile.read(resourceOrFile, testClass);
    return this;
  }

  /** This configuration, except for where it says to listen. */
  public AzureOpenAiBuilder config(EmulatorConfig complete) {
    config = testClass -> complete;
    return this;
  }

  /** Changed in any way that the emulator has. */
  public AzureOpenAiBuilder with(Consumer<EmulatorConfig.Builder> change) {
    changes.add(change);
    return this;
  }

  /** Whether the clock stands still when a test begins, and moves only when it is moved. */
  public AzureOpenAiBuilder frozen(boolean still) {
    frozen = still;
    return this;
  }

  /** Whether everything is as at the start before each test, or only before the first. */
  public AzureOpenAiBuilder reset(boolean eachTime) {
    reset = eachTime;
    return this;
  }

  public AzureOpenAiExtension build() {
    return new AzureOpenAiExtension(setup("the AzureOpenAiExtension"));
  }

  EmulatorSetup setup(String said) {
    return new EmulatorSetup(
        said, config == null ? usual() : config, deployments, changes, frozen, reset);
  }

  private Function<Class<?>, EmulatorConfig> usual() {
    EmulatorConfig usual = EmulatorConfig.defaults();
    EmulatorConfig changed =
        deployments.isEmpty() ? usual : usual.toBuilder().noDeployments().build();
    return testClass -> changed;
  }

  private static WireProfile profile(String year) {
    WireProfile profile = WireProfiles.BY_NAME.get(year);
    if (profile == null) {
      throw new IllegalArgumentException(
          "there is no wire profile '%s'; there are %s"
              .formatted(year, String.join(", ", WireProfiles.BY_NAME.keySet())));
    }
    return profile;
  }
}

package dev.spillway.junit;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * How the emulator of a test class starts.
 *
 * <p>Nothing of it is looked at before the start, so that what is wrong with it fails the tests and
 * not the making of their class.
 *
 * @param said where it is said, for complaints
 * @param base what is changed, given the test class
 * @param deployments those that stand in its first resource, too
 * @param changes what else is changed, in this order
 * @param frozen whether the clock stands still at the start
 * @param reset whether everything is as at the start before each test
 */
record EmulatorSetup(
    String said,
    Function<Class<?>, EmulatorConfig> base,
    List<Supplier<DeploymentSpec>> deployments,
    List<Consumer<EmulatorConfig.Builder>> changes,
    boolean frozen,
    boolean reset) {

  EmulatorSetup {
    deployments = List.copyOf(deployments);
    changes = List.copyOf(changes);
  }

  /**
   * Starts it for a test class.
   *
   * @throws ExtensionConfigurationException with one line that says what is wrong
   */
  RunningEmulator start(Class<?> testClass) {
    try {
      EmulatorConfig given = base.apply(testClass);
      EmulatorConfig.Builder config = given.toBuilder().freePorts();
      deployments.forEach(one -> config.deployment(known(one.get(), given.models())));
      changes.forEach(change -> change.accept(config));
      EmulatorConfig complete = config.build();
      return new RunningEmulator(Emulator.start(complete), complete, this);
    } catch (RuntimeException e) {
      throw new ExtensionConfigurationException(
          "%s of %s: %s".formatted(said, testClass.getName(), e.getMessage()), e);
    }
  }

  /** The emulator takes any model, so that none is too new for it; here it is a slip of the pen. */
  private static DeploymentSpec known(DeploymentSpec spec, ModelCatalog models) {
    if (!models.knows(spec.model())) {
      throw new IllegalArgumentException(
          "deployment '%s': the service has no model '%s'; one of your own goes under 'models' of a config"
              .formatted(spec.name(), spec.model()));
    }
    return spec;
  }
}

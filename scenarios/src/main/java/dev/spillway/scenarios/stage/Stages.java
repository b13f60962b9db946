package dev.spillway.scenarios.stage;

/** Makes stages: one for each scenario. */
public interface Stages {

  /**
   * A stage with the emulator and the router that are described.
   *
   * @param seed what everything on it that is left to chance follows from
   * @throws StageException when it cannot be made: a port is taken, the router does not come up
   * @throws dev.spillway.yaml.YamlException when the setup's sections cannot be used
   */
  Stage set(Setup setup, long seed) throws StageException, InterruptedException;
}

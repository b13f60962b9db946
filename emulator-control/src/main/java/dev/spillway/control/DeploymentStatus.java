package dev.spillway.control;

/**
 * A deployment as it stands.
 *
 * @param spec what it was asked to be
 * @param path where it is called, below the emulator's address
 * @param tokens the tokens of its window
 * @param requests the requests of its window
 */
public record DeploymentStatus(
    DeploymentSpec spec, String path, WindowStatus tokens, WindowStatus requests) {

  public String name() {
    return spec.name();
  }
}

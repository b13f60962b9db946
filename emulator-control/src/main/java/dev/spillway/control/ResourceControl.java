package dev.spillway.control;

import java.time.Duration;
import java.util.List;

/**
 * Steers one Azure resource of the emulator: its deployments, and who is let in.
 *
 * <p>Every change takes effect on the next request. Refusals are {@link ControlException}s.
 */
public interface ResourceControl {

  /** In the order of their names. */
  List<DeploymentStatus> deployments();

  DeploymentStatus deployment(String name);

  /** Makes the deployment, or replaces it; a window that was already charged keeps its charges. */
  DeploymentStatus put(DeploymentSpec spec);

  /** Changes limits of a deployment; its windows keep what they have charged. */
  DeploymentStatus patch(String name, DeploymentPatch patch);

  /**
   * Leaves a Standard deployment only so many hundredths of its limits for a while, as the service
   * does under pressure. Its windows keep what they have charged; another call takes the place of
   * this one.
   *
   * @param percent from 1 to 99
   * @param lasting by the emulator's clock
   */
  DeploymentStatus reduce(String name, int percent, Duration lasting);

  /** Gives a deployment all of its limits back before the time. */
  DeploymentStatus restore(String name);

  void delete(String name);

  /** The error switches of a deployment that still have calls to end. */
  List<ErrorSwitch> errors(String name);

  /**
   * Sets one, in the place of the one before it: there is one for answers and one for streams.
   *
   * @return those that are set now
   */
  List<ErrorSwitch> fail(String name, ErrorSwitch error);

  /** Who is let in. */
  AccessStatus access();

  /** Changes who is let in, from the next request on. */
  AccessStatus patch(AccessPatch patch);
}

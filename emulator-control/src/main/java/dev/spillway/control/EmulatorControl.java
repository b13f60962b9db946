package dev.spillway.control;

import dev.spillway.control.stub.StubControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Steers a running emulator, in the same process or over HTTP.
 *
 * <p>Every change takes effect on the next request. Refusals are {@link ControlException}s. What
 * names no resource is about the first one of the configuration.
 */
public interface EmulatorControl extends ResourceControl {

  /** All resources with their deployments, in the order of the configuration. */
  List<ResourceStatus> resources();

  /**
   * Steers one resource.
   *
   * @throws ControlException when there is none of that name, now or at the first use
   */
  ResourceControl resource(String name);

  /** Those whose roles are known one by one, in the order of their ids. */
  List<PrincipalSpec> principals();

  /**
   * Gives a principal these roles instead of those it had; new ones work once the configured
   * propagation is over.
   */
  PrincipalSpec put(PrincipalSpec principal);

  /** Forgets a principal; it then has the roles of everybody who is not known. */
  void deletePrincipal(String id);

  /** Steers what is answered to which requests. */
  StubControl stubs();

  /** Steers the first resource of the configuration. */
  ResourceControl firstResource();

  @Override
  default List<DeploymentStatus> deployments() {
    return firstResource().deployments();
  }

  @Override
  default DeploymentStatus deployment(String name) {
    return firstResource().deployment(name);
  }

  @Override
  default DeploymentStatus put(DeploymentSpec spec) {
    return firstResource().put(spec);
  }

  @Override
  default DeploymentStatus patch(String name, DeploymentPatch patch) {
    return firstResource().patch(name, patch);
  }

  @Override
  default DeploymentStatus reduce(String name, int percent, Duration lasting) {
    return firstResource().reduce(name, percent, lasting);
  }

  @Override
  default DeploymentStatus restore(String name) {
    return firstResource().restore(name);
  }

  @Override
  default void delete(String name) {
    firstResource().delete(name);
  }

  @Override
  default List<ErrorSwitch> errors(String name) {
    return firstResource().errors(name);
  }

  @Override
  default List<ErrorSwitch> fail(String name, ErrorSwitch error) {
    return firstResource().fail(name, error);
  }

  @Override
  default AccessStatus access() {
    return firstResource().access();
  }

  @Override
  default AccessStatus patch(AccessPatch patch) {
    return firstResource().patch(patch);
  }

  /** What is to go wrong, in the order in which it is asked. */
  List<FaultStatus> faults();

  /**
   * Lets calls go wrong from the next one on; takes the place of the fault of that name, or comes
   * last. Its time begins now.
   */
  FaultStatus inject(FaultSpec fault);

  /** Takes a fault away. */
  void deleteFault(String name);

  /** Takes all faults away, also those of the configuration. */
  void clearFaults();

  /** The 429s that can be asked for by name. */
  List<FaultPreset> presets();

  ClockStatus clock();

  ClockStatus freeze();

  /** Moves the clock forward, frozen or running; every window and retry time follows it. */
  ClockStatus advance(Duration duration);

  /** Moves the clock forward to a moment. */
  ClockStatus setClock(Instant moment);

  /** Lets the clock run so many times as fast as real time: 60 makes a minute of a second. */
  ClockStatus scale(double speed);

  /** Lets the clock run as fast as real time, from where it stands. */
  ClockStatus resume();

  /** Matching calls, oldest first. */
  List<JournalEntry> journal(JournalQuery query);

  /**
   * How the client or router behaved that made the matching calls.
   *
   * @param query narrows to calls; a deployment or a status hides the other attempts at a request
   */
  ClientVerdict verdict(JournalQuery query, VerdictRules rules);

  void clearJournal();

  /**
   * What was recorded, and what is done with it.
   *
   * @throws ControlException when the emulator neither records nor plays
   */
  RecordingsStatus recordings();

  /** Records, plays or leaves it, from the next call on. */
  RecordingsStatus patch(RecordingsPatch patch);

  /**
   * Back to how it started: the resources, principals, stubs and deployments of the configuration
   * with full windows, an empty journal, a running clock, recordings played from the first. The
   * clock's time stays, since it never goes back.
   */
  void reset();

  Health health();
}

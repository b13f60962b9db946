package dev.spillway.emulator.fault;

import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.deployment.DeploymentId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which calls of which deployments are to end in an error; each takes one of the number that was
 * asked for. Safe for any number of threads.
 */
public final class Faults {

  /** Where in an answer an error stands. */
  private enum Phase {
    INSTEAD,
    IN_STREAM;

    static Phase of(ErrorSwitch error) {
      return error.afterChunks() == null ? INSTEAD : IN_STREAM;
    }
  }

  private record Place(DeploymentId deployment, Phase phase) {}

  private final ConcurrentHashMap<Place, ErrorSwitch> set = new ConcurrentHashMap<>();

  /** Takes the place of the one that was set for the same phase. */
  public void set(DeploymentId deployment, ErrorSwitch error) {
    Place place = new Place(deployment, Phase.of(error));
    if (error.times() == 0) {
      set.remove(place);
    } else {
      set.put(place, error);
    }
  }

  /** Those that still have calls to end. */
  public List<ErrorSwitch> of(DeploymentId deployment) {
    return Stream.of(Phase.values())
        .flatMap(phase -> Stream.ofNullable(set.get(new Place(deployment, phase))))
        .toList();
  }

  /** The error that this call is answered with. */
  public Optional<ServiceError> instead(DeploymentId deployment) {
    return use(new Place(deployment, Phase.INSTEAD)).map(ErrorSwitch::error);
  }

  /** What breaks this stream off. */
  public Optional<ErrorSwitch> inStream(DeploymentId deployment) {
    return use(new Place(deployment, Phase.IN_STREAM));
  }

  public void forget(DeploymentId deployment) {
    for (Phase phase : Phase.values()) {
      set.remove(new Place(deployment, phase));
    }
  }

  private Optional<ErrorSwitch> use(Place place) {
    while (true) {
      ErrorSwitch now = set.get(place);
      if (now == null) {
        return Optional.empty();
      }
      boolean mine =
          now.times() == 1 ? set.remove(place, now) : set.replace(place, now, now.usedOnce());
      if (mine) {
        return Optional.of(now);
      }
    }
  }
}

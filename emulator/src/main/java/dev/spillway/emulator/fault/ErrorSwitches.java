package dev.spillway.emulator.fault;

import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultPlace;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.deployment.DeploymentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The errors of a deployment's next calls, as the faults that they are. */
final class ErrorSwitches {

  private ErrorSwitches() {}

  /** One for whole answers and one for streams. */
  static List<String> names(DeploymentId deployment) {
    return List.of(name(deployment, "error"), name(deployment, "error-event"));
  }

  private static String name(DeploymentId deployment, String kind) {
    return deployment.resource() + ":" + deployment.name() + ":" + kind;
  }

  static FaultSpec fault(DeploymentId deployment, ErrorSwitch error) {
    Integer chunks = error.afterChunks();
    FaultMatch match =
        FaultMatch.ANY.withResource(deployment.resource()).withDeployment(deployment.name());
    FaultSchedule next = FaultSchedule.ALWAYS.withFirst(Math.max(1, error.times()));
    return chunks == null
        ? new FaultSpec(
            name(deployment, "error"),
            match,
            FaultPlace.BEFORE,
            new FaultAction.Failure(error.error()),
            next)
        : new FaultSpec(
            name(deployment, "error-event"),
            match,
            FaultPlace.chunk(Math.min(chunks, Integer.MAX_VALUE - 1) + 1),
            new FaultAction.ErrorEvent(error.error()),
            next);
  }

  static ErrorSwitch of(FaultSpec fault, long left) {
    return switch (fault.what()) {
      case FaultAction.Failure failure -> of(failure.error(), left, null);
      case FaultAction.ErrorEvent event -> of(event.error(), left, fault.at().number() - 1);
      default -> throw new IllegalStateException(fault.name() + " is no error");
    };
  }

  private static ErrorSwitch of(ServiceError error, long left, @Nullable Integer afterChunks) {
    return new ErrorSwitch(error, (int) left, afterChunks);
  }
}

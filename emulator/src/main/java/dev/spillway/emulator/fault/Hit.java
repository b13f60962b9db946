package dev.spillway.emulator.fault;

import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultPlace;
import dev.spillway.control.ServiceError;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault that strikes one call.
 *
 * @param reason what the journal says of it
 * @param preset the 429 that it asks for; null for another fault
 */
public record Hit(String reason, FaultPlace at, FaultAction what, @Nullable Preset preset) {

  /** What a call is told to wait where the region has too much to do. */
  private static final Duration NO_CAPACITY = Duration.ofSeconds(20);

  /** Whether the answer is as it would be, only later. */
  public boolean isPause() {
    return what.kind().isPause();
  }

  /** The status it is told with; 0 where the connection ends without one. */
  public int status() {
    return switch (what) {
      case FaultAction.Status status -> status.status();
      case FaultAction.Html html -> html.status();
      case FaultAction.Failure failure -> failure.error().status();
      case FaultAction.Preset named -> preset == null ? 429 : preset.status();
      default -> 0;
    };
  }

  /** Whether a whole answer takes the place of the call's own. */
  public boolean isAnswer() {
    return status() != 0;
  }

  /** When to come back, where it says so. */
  public Optional<Duration> retryAfter(Instant now) {
    return switch (what) {
      case FaultAction.Failure failure when failure.error() == ServiceError.NO_CAPACITY ->
          Optional.of(NO_CAPACITY);
      case FaultAction.Status status ->
          RetryAfter.of(
              name ->
                  status.headers().entrySet().stream()
                      .filter(header -> header.getKey().equalsIgnoreCase(name))
                      .map(java.util.Map.Entry::getValue)
                      .findFirst()
                      .orElse(null),
              () -> status.body() == null ? "" : status.body(),
              now);
      case FaultAction.Preset named when preset != null -> preset.retryAfter(now);
      default -> Optional.empty();
    };
  }
}

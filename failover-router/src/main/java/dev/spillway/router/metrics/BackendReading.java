package dev.spillway.router.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a backend is when somebody looks.
 *
 * @param state {@code serving}, {@code resting}, {@code benched}, {@code half-open} or {@code
 *     quarantined}
 * @param left how much longer, in seconds
 * @param inFlight what it has to do
 * @param headRoom what is believed to be left of those of its limits that are known
 * @param percentInUse of a provisioned one; null for others
 */
public record BackendReading(
    String backend,
    String state,
    double left,
    int inFlight,
    List<HeadRoom> headRoom,
    @Nullable Double percentInUse) {

  /**
   * One limit.
   *
   * @param of {@code tokens} or {@code requests}
   * @param limit of one window
   */
  public record HeadRoom(String of, long limit, long left) {}
}

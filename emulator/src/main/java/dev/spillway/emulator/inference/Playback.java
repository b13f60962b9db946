package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.recording.RecordedUsage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded answer that a call was let in to; closing it settles and records the call.
 *
 * <p>It costs what the recording says was used, also for a caller who leaves before the end.
 */
public final class Playback implements AutoCloseable {

  private final Attempt.Admitted admitted;
  private final @Nullable String spilledFrom;
  private final Consumer<Playback> whenClosed;
  private boolean complete;
  private boolean closed;

  Playback(Attempt.Admitted admitted, @Nullable String spilledFrom, Consumer<Playback> whenClosed) {
    this.admitted = admitted;
    this.spilledFrom = spilledFrom;
    this.whenClosed = whenClosed;
  }

  public RecordedAnswer answer() {
    return admitted.recorded();
  }

  public Deployment deployment() {
    return admitted.deployment();
  }

  /** The limits right after the call was charged. */
  public LimitReadings readings() {
    return admitted.admission().readings();
  }

  /** The provisioned deployment that had no room for it; null when it was asked of this one. */
  public @Nullable String spilledFrom() {
    return spilledFrom;
  }

  Instant arrived() {
    return admitted.arrived();
  }

  /** All of it has been sent. */
  public void complete() {
    complete = true;
    close();
  }

  boolean isComplete() {
    return complete;
  }

  /** Puts what was used in the place of what was charged, and tells how much that was. */
  Charge settle() {
    Optional<Usage> usage =
        RecordedUsage.of(answer())
            .map(used ->
                new Usage(used.promptTokens(), used.cachedTokens(), 0, used.completionTokens()));
    usage.ifPresentOrElse(
        used ->
            admitted
                .admission()
                .permit()
                .settle(used.uncachedPromptTokens(), used.completionTokens()),
        () -> admitted.admission().permit().settle());
    return new Charge(admitted.admission().permit().chargedTokens(), usage.orElse(null));
  }

  /**
   * What a call cost.
   *
   * @param used as the recording says; null where it does not
   */
  record Charge(long tokens, @Nullable Usage used) {}

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.accept(this);
    }
  }
}

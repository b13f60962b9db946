package dev.spillway.emulator.stored;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a response is that was left to itself.
 *
 * <p>It is queued when it is created. Whoever looks first sees it in progress, and then it is done;
 * {@value #SECONDS} seconds after its creation it is done in any case. So it comes to its end for
 * those who ask again and again on a clock that stands still, and for those who move the clock.
 */
public final class Progress {

  private static final int SECONDS = 2;
  private static final Duration LATENCY = Duration.ofSeconds(SECONDS);

  /** Where it stands. */
  enum Stage {
    QUEUED("queued"),
    IN_PROGRESS("in_progress"),
    DONE(""),
    CANCELLED("cancelled");

    private final String status;

    Stage(String status) {
      this.status = status;
    }

    /** What is shown of a response that ends like this. */
    ObjectNode shown(ObjectNode finished) {
      return this == DONE ? finished : Unfinished.of(finished, status);
    }
  }

  private final boolean background;
  private final Instant created;
  private final AtomicReference<Stage> stage;

  private Progress(boolean background, Instant created, Stage stage) {
    this.background = background;
    this.created = created;
    this.stage = new AtomicReference<>(stage);
  }

  /** Of a response that its caller waited for. */
  public static Progress waitedFor(Instant created) {
    return new Progress(false, created, Stage.DONE);
  }

  public static Progress inBackground(Instant created) {
    return new Progress(true, created, Stage.QUEUED);
  }

  /** Of one in the background whose stream has been read to its end. */
  public static Progress streamedInBackground(Instant created) {
    return new Progress(true, created, Stage.DONE);
  }

  /** Whether it can be cancelled at all. */
  public boolean background() {
    return background;
  }

  Stage look(Instant now) {
    return stage.updateAndGet(before ->
        switch (before) {
          case QUEUED -> isDue(now) ? Stage.DONE : Stage.IN_PROGRESS;
          case IN_PROGRESS, DONE -> Stage.DONE;
          case CANCELLED -> Stage.CANCELLED;
        });
  }

  Stage cancel(Instant now) {
    return stage.updateAndGet(before ->
        switch (before) {
          case QUEUED, IN_PROGRESS -> isDue(now) ? Stage.DONE : Stage.CANCELLED;
          case DONE -> Stage.DONE;
          case CANCELLED -> Stage.CANCELLED;
        });
  }

  private boolean isDue(Instant now) {
    return !now.isBefore(created.plus(LATENCY));
  }
}

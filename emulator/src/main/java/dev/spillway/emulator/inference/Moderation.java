package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.CompletionReading;
import dev.spillway.emulator.generation.Draft;
import java.util.OptionalInt;

/**
 * When the content filter reads an answer, and where a completion that it blocks ends.
 *
 * <p>Usually before anything is sent. Asynchronously a stream is read while it is sent, every
 * {@value #STEP} characters and at its end: by then more has been sent than what is blocked.
 */
enum Moderation {
  BEFORE_SENDING,
  WHILE_SENDING;

  /** The service promises a verdict within about 1,000 characters. */
  static final int STEP = 200;

  /** The completion as far as it gets. */
  Choice apply(Draft draft, CompletionReading filter) {
    OptionalInt blocked = filter.blockedAt();
    if (blocked.isEmpty()) {
      return new Choice(draft, filter);
    }
    return switch (this) {
      case BEFORE_SENDING -> new Choice(draft.cutAt(blocked.getAsInt()), filter);
      case WHILE_SENDING -> new Choice(cutAtNextReading(draft, blocked.getAsInt()), filter);
    };
  }

  /** What is blocked at the last reading has already ended by itself. */
  private static Draft cutAtNextReading(Draft draft, int blocked) {
    int reading = Math.max(1, Math.ceilDiv(blocked, STEP)) * STEP;
    return reading < draft.text().length() ? draft.cutAt(reading) : draft;
  }
}

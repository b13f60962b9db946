package dev.spillway.router.plan;

import java.time.Duration;

/** How much of a stream is kept back, so that another backend can still serve it. */
public sealed interface StreamHold {

  /** What comes before the first content: nobody misses it, and errors often follow it. */
  record UntilContent() implements StreamHold {}

  /** That, and what comes in this time after the first content. */
  record ForAWhile(Duration window) implements StreamHold {}

  /** All of it. */
  record UntilItsEnd() implements StreamHold {}

  StreamHold DEFAULT = new UntilContent();
}

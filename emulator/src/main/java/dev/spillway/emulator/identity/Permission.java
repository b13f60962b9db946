package dev.spillway.emulator.identity;

/** Whether a principal may do something. */
public sealed interface Permission {

  /** It may. */
  record Granted() implements Permission {}

  /** None of its roles allows it. */
  record Lacking(DataAction action) implements Permission {}

  /** A role allows it that was granted a moment ago, and not everybody has heard. */
  record Propagating() implements Permission {}
}

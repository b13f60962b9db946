package dev.spillway.emulator.recording;

/** What happens in replay to a request that was not recorded. */
public enum Unmatched {
  /** It is told so. */
  REFUSE,
  /** The emulator answers it by itself. */
  GENERATE,
  /** The upstream is asked, and its answer recorded. */
  RECORD
}

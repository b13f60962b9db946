package dev.spillway.emulator.recording;

/** What comes after the last of several recordings of the same request. */
public enum Repeat {
  /** The last again. */
  LAST,
  /** The first again. */
  CYCLE
}

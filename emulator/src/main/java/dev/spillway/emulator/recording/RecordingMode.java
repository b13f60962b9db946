package dev.spillway.emulator.recording;

/** What an emulator with recordings does with a call. */
public enum RecordingMode {
  /** Answers it by itself. */
  OFF,
  /** Asks the upstream, and keeps what it says. */
  RECORD,
  /** Answers it as it was answered when it was recorded. */
  REPLAY
}

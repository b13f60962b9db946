package dev.spillway.emulator.dataplane;

/** Which members the responses of a year have. */
enum ResponseShape {
  OF_2025,
  /**
   * With penalties, {@code moderation}, {@code completed_at}, {@code tool_usage}, how the reasoning
   * is kept, what a cache was written, and padded deltas.
   */
  OF_2026;

  boolean since2026() {
    return this == OF_2026;
  }
}

package dev.spillway.simulation.world;

/** The year whose service all backends are: how limits renew, and what answers tell of them. */
public enum Year {
  /** Answers tell nothing. */
  OF_2023,
  /** What is left. */
  OF_2024,
  /** What is left, and of how much. */
  OF_2025,
  /**
   * The same, also where a request is refused, and until when all is back; it comes back evenly.
   */
  OF_2026
}

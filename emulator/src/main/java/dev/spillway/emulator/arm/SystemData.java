package dev.spillway.emulator.arm;

import java.time.Instant;

/** Who made and changed something, and when. */
record SystemData(
    String createdBy,
    String createdByType,
    String createdAt,
    String lastModifiedBy,
    String lastModifiedByType,
    String lastModifiedAt) {

  private static final String WHO = "spillway";

  static SystemData of(Options options) {
    return of(options.created(), options.modified());
  }

  static SystemData of(Instant created, Instant modified) {
    return new SystemData(
        WHO, "Application", created.toString(), WHO, "Application", modified.toString());
  }
}

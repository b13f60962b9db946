package dev.spillway.emulator.request;

import dev.spillway.wire.ApiVersion;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The first api-versions that have something.
 *
 * @param ga the first that is no preview; null when there is none with a date, only {@code v1}
 * @param preview the first preview
 */
record Since(@Nullable LocalDate ga, LocalDate preview) {

  /** Dates as api-versions write them; null for no dated GA version. */
  static Since of(@Nullable String ga, String preview) {
    return new Since(ga == null ? null : LocalDate.parse(ga), LocalDate.parse(preview));
  }

  boolean includes(ApiVersion version) {
    return version.isPreview() ? version.isSince(preview) : ga != null && version.isSince(ga);
  }
}

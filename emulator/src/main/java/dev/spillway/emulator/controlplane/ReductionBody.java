package dev.spillway.emulator.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spillway.control.ControlException;
import dev.spillway.yaml.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** By how much, and for how long, somebody wants a deployment's limits reduced. */
record ReductionBody(@Nullable JsonNode percent, @JsonProperty("for") @Nullable JsonNode time) {

  int wholePercent() {
    if (percent == null || !percent.isIntegralNumber() || !percent.canConvertToInt()) {
      throw ControlException.invalid(
          "'percent' must be a whole number from 1 to 99, not " + text(percent));
    }
    return percent.intValue();
  }

  Duration lasting() {
    String asked = text(time);
    try {
      return Durations.parse(asked);
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(
          "'for' must be a duration such as 90s, 30m or 2h, not '" + asked + "'");
    }
  }

  /** On one line, since JSON breaks none. */
  private static String text(@Nullable JsonNode value) {
    return value == null ? "" : value.isString() ? value.stringValue() : value.toString();
  }
}

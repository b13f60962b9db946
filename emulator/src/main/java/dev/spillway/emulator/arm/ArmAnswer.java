package dev.spillway.emulator.arm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param body written as JSON; null for none
 */
record ArmAnswer(int status, @Nullable Object body) {

  /** A page of a list; there is only one. */
  record Page(List<?> value) {}

  static ArmAnswer ok(Object body) {
    return new ArmAnswer(200, body);
  }

  static ArmAnswer list(List<?> values) {
    return ok(new Page(values));
  }
}

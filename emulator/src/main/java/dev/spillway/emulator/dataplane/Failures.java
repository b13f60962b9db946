package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import java.util.Optional;

/** Writes the errors in which streams can end. */
final class Failures {

  private Failures() {}

  /** The last event of a stream that breaks off. */
  static byte[] event(WireProfile wire, Exchange exchange, ServiceError error) {
    return ChatJson.event(FailureTexts.of(wire, exchange, error, Optional.empty())::write);
  }
}

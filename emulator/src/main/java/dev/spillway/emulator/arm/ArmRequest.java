package dev.spillway.emulator.arm;

import java.util.Map;
import java.util.Objects;

/**
 * A request to one of the routes.
 *
 * @param path what stands in the places of the route's {@code {names}}
 * @param address where the caller reaches the emulator; empty when it was called as Azure's own
 *     resource manager
 * @param body its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ArmRequest(Map<String, String> path, String address, byte[] body) {

  String param(String name) {
    return Objects.requireNonNull(path.get(name));
  }
}

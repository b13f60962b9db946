package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.request.ResponsesRequest;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a response and its items: 50 hexadecimal digits, of which the first 16 are the same in
 * a whole conversation, two tell whether it is stored, and eight are the second it was made in.
 */
record ResponseIds(String family, boolean stored, Instant created, CallSeed seed) {

  private static final int FAMILY = 16;

  static ResponseIds of(Exchange exchange, ResponsesRequest request) {
    return new ResponseIds(
        family(exchange.seed(), request.previousResponseId()),
        request.store(),
        exchange.arrived(),
        exchange.seed());
  }

  private static String family(CallSeed seed, @Nullable String previous) {
    String digits = previous == null ? "" : previous.substring(previous.indexOf('_') + 1);
    return digits.length() > FAMILY
        ? digits.substring(0, FAMILY)
        : "%016x".formatted(seed.random("family").nextLong());
  }

  String response() {
    return of("resp_", "response");
  }

  /**
   * An id.
   *
   * @param purpose what tells it from other ids of the same response
   */
  String of(String prefix, String purpose) {
    SplittableRandom random = seed.random(prefix + purpose);
    return "%s%s%s%08x%04x81%02x%x%015x"
        .formatted(
            prefix,
            family,
            stored ? "00" : "01",
            created.getEpochSecond(),
            random.nextInt(1 << 16),
            0x90 + random.nextInt(10),
            8 + random.nextInt(4),
            random.nextLong(1L << 60));
  }
}

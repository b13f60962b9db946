package dev.spillway.router.trace;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which traces somebody wants to see; null for whatever does not matter.
 *
 * @param backend that was asked
 * @param caller by name
 * @param status as in {@code 429} or {@code 5xx}
 */
public record TraceFilter(
    @Nullable String backend, @Nullable String caller, @Nullable String status) {

  public boolean takes(RequestTrace trace) {
    return wants(backend, () -> asked(trace))
        && wants(caller, () -> trace.asked().caller().equals(caller))
        && wants(status, () -> isLike(trace.outcome().status()));
  }

  private static boolean wants(@Nullable String something, BooleanSupplier fits) {
    return something == null || fits.getAsBoolean();
  }

  private boolean asked(RequestTrace trace) {
    return trace.works().stream().anyMatch(work -> work.attempt().backend().equals(backend));
  }

  private boolean isLike(int code) {
    String digits = Integer.toString(code);
    return digits.equals(status) || (digits.charAt(0) + "xx").equals(status);
  }
}

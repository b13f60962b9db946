package dev.spillway.scenarios.result;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one caller wanted, and every time that it asked for it.
 *
 * @param id {@code steady-7}; its further exchanges have {@code steady-7.2} and so on
 * @param traffic whose call it is
 * @param number among the calls of that traffic, from 1
 * @param caller who calls; null for the scenario's usual one
 * @param stream whether it asks for a stream
 * @param requestBody as it was sent
 * @param exchanges at least one; a caller that waits as told and tries again has more
 */
public record CallRecord(
    String id,
    String traffic,
    int number,
    @Nullable String caller,
    boolean stream,
    String requestBody,
    List<Exchange> exchanges) {

  /** The traffic of the call that is sent when all is over, to see whether the router lives. */
  public static final String ALIVE_AFTER = "alive-after";

  public CallRecord {
    exchanges = List.copyOf(exchanges);
  }

  public Exchange first() {
    return exchanges.getFirst();
  }

  /** The one that says what the caller got in the end. */
  public Exchange last() {
    return exchanges.getLast();
  }

  public Duration sent() {
    return first().sent();
  }

  public Duration ended() {
    return last().ended();
  }
}

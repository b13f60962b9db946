package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import java.time.Duration;

/**
 * A limit as it stood at one moment.
 *
 * @param limit what the window holds
 * @param remaining what is left of it, -1 during an abuse penalty; meaningless without a limit
 * @param period the window's length
 * @param untilFull until all of it is there again
 */
public record LimitReading(Limit limit, long remaining, Duration period, Duration untilFull) {}

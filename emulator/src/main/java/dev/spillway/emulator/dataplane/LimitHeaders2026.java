package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.wire.HeaderNames;

/** What is left of a deployment's limits and when, as the headers of 2026 tell it. */
final class LimitHeaders2026 {

  private LimitHeaders2026() {}

  static void add(HeaderList headers, Deployment deployment, LimitReadings readings) {
    switch (readings) {
      case LimitReadings.Windows windows when deployment.model().modelClass() == ModelClass.MEDIA ->
          plainLimit(headers, windows.requests(), Names.REQUESTS);
      case LimitReadings.Windows windows -> {
        headers.add(HeaderNames.ABUSE_PENALTY_ACTIVE, windows.abusePenalty() ? "True" : "False");
        limit(headers, windows.requests(), Names.REQUESTS);
        limit(headers, windows.tokens(), Names.TOKENS);
      }
      case LimitReadings.Bucket bucket -> Provisioned.utilization(headers, bucket);
    }
  }

  private static void plainLimit(HeaderList headers, LimitReading reading, Names names) {
    if (!reading.limit().isUnlimited()) {
      headers.add(names.limit, reading.limit().count()).add(names.remaining, reading.remaining());
    }
  }

  /** The reset is in milliseconds, until the limit is full again. */
  private static void limit(HeaderList headers, LimitReading reading, Names names) {
    plainLimit(headers, reading, names);
    if (!reading.limit().isUnlimited()) {
      headers
          .add(names.renewalPeriod, reading.period().toSeconds())
          .add(names.reset, Math.ceilDiv(reading.untilFull().toNanos(), 1_000_000L));
    }
  }

  private enum Names {
    REQUESTS(
        HeaderNames.LIMIT_REQUESTS,
        HeaderNames.REMAINING_REQUESTS,
        HeaderNames.RENEWAL_PERIOD_REQUESTS,
        HeaderNames.RESET_REQUESTS),
    TOKENS(
        HeaderNames.LIMIT_TOKENS,
        HeaderNames.REMAINING_TOKENS,
        HeaderNames.RENEWAL_PERIOD_TOKENS,
        HeaderNames.RESET_TOKENS);

    private final String limit;
    private final String remaining;
    private final String renewalPeriod;
    private final String reset;

    Names(String limit, String remaining, String renewalPeriod, String reset) {
      this.limit = limit;
      this.remaining = remaining;
      this.renewalPeriod = renewalPeriod;
      this.reset = reset;
    }
  }
}

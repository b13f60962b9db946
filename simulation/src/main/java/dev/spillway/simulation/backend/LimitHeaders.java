package dev.spillway.simulation.backend;

import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.router.plan.Header;
import dev.spillway.simulation.world.Year;
import dev.spillway.wire.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an answer tells of its deployment's limits, by year. */
final class LimitHeaders {

  private LimitHeaders() {}

  static List<Header> served(Year year, LimitReadings readings) {
    return switch (readings) {
      case LimitReadings.Bucket bucket -> utilization(bucket);
      case LimitReadings.Windows windows ->
          switch (year) {
            case OF_2023 -> List.of();
            case OF_2024, OF_2025 -> windows(year, windows, false);
            case OF_2026 -> windows(year, windows, true);
          };
    };
  }

  /** Until 2025 a refusal names the limit and no more. */
  static List<Header> refused(Year year, Admission.Denied denied, boolean reset) {
    return switch (year) {
      case OF_2023, OF_2024, OF_2025 -> List.of(policy(denied.limited()));
      case OF_2026 -> windows(year, denied.readings(), reset);
    };
  }

  static List<Header> full(Admission.Full full) {
    return utilization(full.readings());
  }

  private static Header policy(Admission.Limited limited) {
    return switch (limited) {
      case TOKENS -> new Header(HeaderNames.POLICY_ID, "DeploymentRatelimit-Token");
      case REQUESTS -> new Header(HeaderNames.POLICY_ID, "DeploymentRatelimit-Call");
    };
  }

  private static List<Header> utilization(LimitReadings.Bucket bucket) {
    String percent = String.format(Locale.ROOT, "%.1f%%", bucket.utilization());
    return List.of(new Header(HeaderNames.DEPLOYMENT_UTILIZATION, percent));
  }

  private static List<Header> windows(Year year, LimitReadings windows, boolean reset) {
    List<Header> headers = new ArrayList<>(8);
    window(year, windows.tokens(), Names.TOKENS, reset, headers);
    window(year, windows.requests(), Names.REQUESTS, reset, headers);
    return headers;
  }

  private static void window(
      Year year, LimitReading reading, Names names, boolean reset, List<Header> headers) {
    if (reading.limit().isUnlimited()) {
      return;
    }
    headers.add(new Header(names.remaining, "" + reading.remaining()));
    if (year != Year.OF_2024) {
      headers.add(new Header(names.limit, "" + reading.limit().count()));
    }
    if (year == Year.OF_2026) {
      headers.add(new Header(names.period, "" + reading.period().toSeconds()));
    }
    if (reset) {
      long millis = Math.ceilDiv(reading.untilFull().toNanos(), 1_000_000L);
      headers.add(new Header(names.reset, "" + millis));
    }
  }

  private enum Names {
    TOKENS(
        HeaderNames.LIMIT_TOKENS,
        HeaderNames.REMAINING_TOKENS,
        HeaderNames.RENEWAL_PERIOD_TOKENS,
        HeaderNames.RESET_TOKENS),
    REQUESTS(
        HeaderNames.LIMIT_REQUESTS,
        HeaderNames.REMAINING_REQUESTS,
        HeaderNames.RENEWAL_PERIOD_REQUESTS,
        HeaderNames.RESET_REQUESTS);

    private final String limit;
    private final String remaining;
    private final String period;
    private final String reset;

    Names(String limit, String remaining, String period, String reset) {
      this.limit = limit;
      this.remaining = remaining;
      this.period = period;
      this.reset = reset;
    }
  }
}

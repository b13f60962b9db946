package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.Regions;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.wire.ApiVersion;
import org.jspecify.annotations.Nullable;

/** The sentences of a 429, word for word, as they followed each other over the years. */
final class ThrottledText {

  private ThrottledText() {}

  /** 2023, for calls: no word about which limit. */
  static String tryAgain(long seconds) {
    return "Rate limit is exceeded. Try again in %s.".formatted(seconds(seconds));
  }

  /**
   * 2023-08 to 2025-08.
   *
   * @param operation as the service called it at the time
   */
  static String requestsHaveExceeded(
      Exchange exchange, String operation, Limited limited, long seconds) {
    String whereToAskForMore =
        exchange.resource().kind().equals("OpenAI")
            ? "Please go here: https://aka.ms/oai/quotaincrease"
            : "Please contact Azure support service";
    return "Requests to the %s Operation under %s have exceeded %s rate limit of your current %s S0 pricing tier. Please retry after %s. %s if you would like to further increase the default rate limit."
        .formatted(
            operation,
            api(exchange.apiVersion()),
            word(limited),
            exchange.resource().kind(),
            seconds(seconds),
            whereToAskForMore);
  }

  /** Since 2025-10. */
  static String yourRequestsHaveExceeded(
      Exchange exchange, Deployment deployment, Limited limited, long seconds) {
    return "Your requests to %s for %s in %s have exceeded the %s rate limit for your current %s S0 pricing tier. This request was for %s under %s. Please retry after %s. To increase your default rate limit, visit: https://aka.ms/oai/quotaincrease."
        .formatted(
            deployment.name(),
            deployment.model().name(),
            Regions.displayName(exchange.resource().region()),
            word(limited),
            exchange.resource().kind(),
            exchange.operation().nameInErrors(),
            api(exchange.apiVersion()),
            seconds(seconds));
  }

  /** The api-version, or on v1 the name of the API that has none. */
  static String api(@Nullable ApiVersion version) {
    return version == null
        ? "OpenAI Language Model Instance API"
        : "Azure OpenAI API version " + version.text();
  }

  private static String word(Limited limited) {
    return switch (limited) {
      case TOKENS -> "token";
      case REQUESTS -> "call";
    };
  }

  /** "1 second", "2 seconds". */
  private static String seconds(long count) {
    return count == 1 ? "1 second" : count + " seconds";
  }
}

package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Ending;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.quota.Admission;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;

/** The text of the router's own 429s, in the words that the service has used since late 2025. */
final class ThrottledMessage {

  private ThrottledMessage() {}

  static String of(CallPlan call, Ending.Throttled throttled) {
    return "Your requests to "
        + call.name()
        + " have exceeded the rate limit of every backend in the pool "
        + call.pool()
        + ". This request was for "
        + operation(call.route().rest())
        + " under "
        + api(call)
        + ". "
        + retryAfter(throttled.retryAfter());
  }

  static String of(CallPlan call, Ending.OverQuota ending) {
    Admission.Over over = ending.over();
    return "The client '"
        + call.caller().name()
        + "' has used the "
        + over.perMinute()
        + " "
        + over.limit().word()
        + " per minute that this router allows it. "
        + retryAfter(over.retryAfter());
  }

  private static String retryAfter(Duration wait) {
    long seconds = RetryAfter.seconds(wait);
    return "Please retry after " + (seconds == 1 ? "1 second." : seconds + " seconds.");
  }

  private static String operation(String path) {
    return Operation.byPath(path).map(Operation::nameInErrors).orElse(path);
  }

  private static String api(CallPlan call) {
    return switch (call.route()) {
      case AzureRoute.Dated dated -> dated(call);
      case AzureRoute.Resource resource -> dated(call);
      case AzureRoute.V1 v1 -> "OpenAI Language Model Instance API";
    };
  }

  private static String dated(CallPlan call) {
    return call.apiVersion() == null
        ? "Azure OpenAI API"
        : "Azure OpenAI API version " + call.apiVersion();
  }
}

package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.config.Limits;
import dev.spillway.router.config.Route;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import java.time.Duration;

/** Timeouts that contradict each other, and waits that do not fit. */
final class TimeChecks {

  private TimeChecks() {}

  static void add(RouterConfig config, Findings findings) {
    limits(config.limits(), findings);
    for (int i = 0; i < config.routes().size(); i++) {
      Route route = config.routes().get(i);
      terms(route, "routes[" + i + "]", config.limits(), findings);
    }
  }

  private static void limits(Limits limits, Findings findings) {
    if (isAtLeast(limits.connectTimeout(), limits.firstByteTimeout())) {
      findings.warning(
          "timeout-without-effect",
          "connect-timeout",
          "connect-timeout (%s) is not below first-byte-timeout (%s), which ends the attempt before it"
              .formatted(text(limits.connectTimeout()), text(limits.firstByteTimeout())),
          "shorten it");
    }
    if (limits.defaultCooldown().compareTo(limits.maxCooldown()) > 0) {
      findings.warning(
          "cooldowns-contradict",
          "default-cooldown",
          "default-cooldown (%s) is longer than max-cooldown (%s), the longest wait that is believed"
              .formatted(text(limits.defaultCooldown()), text(limits.maxCooldown())),
          "shorten it");
    }
    if (limits.bodies().inHeap() > limits.bodies().longest()) {
      findings.warning(
          "limit-without-effect",
          "max-request-bytes",
          "max-heap-body is above max-request-bytes, so no body is ever kept in a file",
          "lower max-heap-body");
    }
  }

  private static void terms(Route route, String path, Limits limits, Findings findings) {
    Terms terms = route.terms();
    boolean several = route.pools().stream().anyMatch(pool -> pool.backends().size() > 1);
    if (several && isAtLeast(limits.firstByteTimeout(), terms.timeout())) {
      findings.warning(
          "silence-uses-up-the-time",
          path,
          "a backend that says nothing uses up the timeout (%s) of the route '%s', since first-byte-timeout is %s: then no other is asked"
              .formatted(text(terms.timeout()), route.name(), text(limits.firstByteTimeout())),
          "make first-byte-timeout much shorter than the timeout");
    }
    if (several && isAtLeast(limits.firstTokenTimeout(), terms.timeout())) {
      findings.warning(
          "silence-uses-up-the-time",
          path,
          "a stream that says nothing uses up the timeout (%s) of the route '%s', since first-token-timeout is %s: then no other backend is asked"
              .formatted(text(terms.timeout()), route.name(), text(limits.firstTokenTimeout())),
          "make first-token-timeout much shorter than the timeout");
    }
    waits(route, path, limits, findings);
    if (terms.retryAmbiguous() == RetryAmbiguous.BUDGET
        && limits.retryShare() == 0
        && limits.retryFloor() == 0) {
      findings.warning(
          "retries-without-budget",
          path,
          "the route '"
              + route.name()
              + "' retries by budget, and retry-share and retry-floor are 0",
          "raise one of them, or say retry-ambiguous: never");
    }
  }

  private static void waits(Route route, String path, Limits limits, Findings findings) {
    Terms terms = route.terms();
    Duration wait = terms.maxWait();
    if (!wait.isZero() && isAtLeast(wait, terms.timeout())) {
      findings.warning(
          "wait-without-time",
          path,
          "a max-wait of %s does not fit into the timeout (%s) of the route '%s'"
              .formatted(text(wait), text(terms.timeout()), route.name()),
          "shorten it, or raise the timeout");
    } else if (!wait.isZero() && wait.compareTo(limits.defaultCooldown()) < 0) {
      findings.warning(
          "wait-without-effect",
          path,
          "a max-wait of %s on the route '%s' is shorter than the rest after a 429 that names no wait (default-cooldown: %s)"
              .formatted(text(wait), route.name(), text(limits.defaultCooldown())),
          "raise it, or shorten default-cooldown");
    }
    if (terms.hold() instanceof StreamHold.ForAWhile hold
        && isAtLeast(hold.window(), terms.timeout())) {
      findings.warning(
          "wait-without-time",
          path,
          "a stream-window of %s does not fit into the timeout (%s) of the route '%s'"
              .formatted(text(hold.window()), text(terms.timeout()), route.name()),
          "shorten it, or raise the timeout");
    }
  }

  private static boolean isAtLeast(Duration one, Duration other) {
    return one.compareTo(other) >= 0;
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}

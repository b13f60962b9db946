package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.ratelimit.LimitStore.Shelf;
import java.time.Duration;
import java.util.Optional;

/** A window with the rule and the limit it was opened for, or none where there is no limit. */
record Gauge(String name, WindowRule rule, Limit limit, Optional<LimitWindow> window) {

  static Gauge open(String name, WindowRule rule, Limit perMinute, Shelf shelf) {
    Limit limit = rule.share(perMinute);
    return new Gauge(
        name,
        rule,
        limit,
        limit.isUnlimited() ? Optional.empty() : Optional.of(shelf.window(name, rule, limit)));
  }

  /** With another rule or limit, as of so long ago. */
  Gauge changed(WindowRule newRule, Limit perMinute, Shelf shelf, long nanosAgo) {
    Limit newLimit = newRule.share(perMinute);
    if (window.isEmpty() || newLimit.isUnlimited() || !newRule.equals(rule)) {
      if (newRule.equals(rule) && newLimit.equals(limit)) {
        return this;
      }
      forget();
      return open(name, newRule, perMinute, shelf);
    }
    window.get().resize(newLimit, nanosAgo);
    return new Gauge(name, rule, newLimit, window);
  }

  boolean has(long amount) {
    return window.isEmpty() || window.get().has(amount);
  }

  /** Takes so much, where it is there. */
  boolean charge(long amount) {
    return window.isEmpty() || window.get().charge(amount);
  }

  long nanosUntil(long amount) {
    return window.isEmpty() ? 0 : window.get().nanosUntil(amount);
  }

  void forget() {
    window.ifPresent(LimitWindow::forget);
  }

  LimitReading read() {
    return new LimitReading(
        limit,
        window.map(LimitWindow::remaining).orElse(0L),
        rule.period(),
        Duration.ofNanos(window.map(LimitWindow::nanosUntilFull).orElse(0L)));
  }
}

package dev.spillway.router.health;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a throttled backend rests: as long as it asked.
 *
 * @param standard the rest where no wait was named, or one above {@code longest}: then the request
 *     was too big for the deployment, which can serve a smaller one at once
 * @param longest the longest wait that is believed
 */
public record RestRule(Duration standard, Duration longest) {

  public Duration restFor(Optional<Duration> asked) {
    return asked.filter(wait -> wait.compareTo(longest) <= 0).orElse(standard);
  }
}

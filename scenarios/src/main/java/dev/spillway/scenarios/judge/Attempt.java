package dev.spillway.scenarios.judge;

import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.DeploymentRef;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of the emulator's journal, as the attempt of a router.
 *
 * @param deployment which was asked, or, where it spilled over, which answered; null where that
 *     cannot be told
 */
record Attempt(JournalEntry entry, @Nullable DeploymentRef deployment) {

  boolean isServed() {
    return entry.status() >= 200
        && entry.status() < 300
        && entry.end().equals(JournalEntry.COMPLETE);
  }

  boolean isOn(DeploymentRef other) {
    return other.equals(deployment);
  }

  Duration took() {
    return Duration.between(entry.at(), entry.endedAt());
  }

  /** When the deployment may be asked again, by its own word. */
  Instant due() {
    Long wait = entry.retryAfterMillis();
    return entry.endedAt().plusMillis(wait == null ? 0 : wait);
  }

  /** {@code primary/gpt 429 tokens, told 6 s}. */
  String words() {
    StringBuilder words = new StringBuilder();
    words.append(deployment == null ? entry.path() : deployment.toString());
    words.append(' ').append(entry.status() == 0 ? "no answer" : entry.status());
    if (entry.reason() != null) {
      words.append(" (").append(entry.reason()).append(')');
    }
    Long wait = entry.retryAfterMillis();
    if (wait != null && wait > 0) {
      words.append(", told ").append(Words.of(Duration.ofMillis(wait)));
    }
    if (!entry.end().equals(JournalEntry.COMPLETE)) {
      words.append(", ").append(entry.end());
    }
    return words.toString();
  }
}

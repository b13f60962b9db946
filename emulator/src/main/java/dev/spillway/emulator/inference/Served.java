package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.latency.Pace;
import dev.spillway.emulator.ratelimit.LimitReadings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every answer has, whatever it says.
 *
 * @param prompt what the content filter says of the prompt
 * @param readings the limits right after the request was charged
 * @param spilledFrom the provisioned deployment that had no room for it; null when it was asked of
 *     this one
 * @param pace how long it takes
 */
public record Served(
    Deployment deployment,
    Instant created,
    Verdict prompt,
    Usage usage,
    LimitReadings readings,
    @Nullable String spilledFrom,
    Pace pace) {

  /** An answer that takes no time yet. */
  public Served(
      Deployment deployment,
      Instant created,
      Verdict prompt,
      Usage usage,
      LimitReadings readings,
      @Nullable String spilledFrom) {
    this(deployment, created, prompt, usage, readings, spilledFrom, Pace.NONE);
  }

  /** The same, with no more of the completion billed than this. */
  Served cutTo(int completionTokens) {
    return new Served(
        deployment,
        created,
        prompt,
        usage.withCompletionTokens(completionTokens),
        readings,
        spilledFrom,
        pace);
  }

  /** The same, taking so long. */
  Served paced(Pace other) {
    return new Served(deployment, created, prompt, usage, readings, spilledFrom, other);
  }

  /** The same, for a call that another deployment had no room for. */
  Served insteadOf(Deployment other) {
    return new Served(deployment, created, prompt, usage, readings, other.name(), pace);
  }
}

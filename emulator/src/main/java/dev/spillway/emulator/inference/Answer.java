package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ChatRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion.
 *
 * @param choices one for each of the request's {@code n}
 * @param readings the limits right after the request was charged
 * @param spilledFrom the provisioned deployment that had no room for it; null when it was asked of
 *     this one
 */
public record Answer(
    Deployment deployment,
    ChatRequest request,
    Instant created,
    List<Draft> choices,
    Usage usage,
    LimitReadings readings,
    @Nullable String spilledFrom) {

  /** The same, as the answer to a call that another deployment had no room for. */
  Answer insteadOf(Deployment other) {
    return new Answer(deployment, request, created, choices, usage, readings, other.name());
  }
}

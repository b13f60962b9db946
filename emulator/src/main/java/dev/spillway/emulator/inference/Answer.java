package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ChatRequest;
import java.time.Instant;
import java.util.List;

/**
 * A chat completion.
 *
 * @param choices one for each of the request's {@code n}
 * @param readings the limits right after the request was charged
 */
public record Answer(
    Deployment deployment,
    ChatRequest request,
    Instant created,
    List<Draft> choices,
    Usage usage,
    LimitReadings readings) {}

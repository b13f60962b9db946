package dev.spillway.emulator.fault;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when it arrives.
 *
 * @param resource the one it came to; null when there is none of that name
 * @param region the resource's
 * @param operation as the path says it
 * @param caller as the journal names it
 * @param header of the request, by its name; null for one that is not there
 * @param body of the request, as text
 * @param chance a number from 0 to 1 that follows from the call and from what it is drawn for
 */
public record Facts(
    @Nullable String resource,
    @Nullable String region,
    @Nullable String operation,
    @Nullable String caller,
    Function<String, @Nullable String> header,
    Supplier<String> body,
    ToDoubleFunction<String> chance) {}

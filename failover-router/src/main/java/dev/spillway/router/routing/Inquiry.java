package dev.spillway.router.routing;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.wire.Operation;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be sent somewhere.
 *
 * @param model what the caller asked for: the deployment of the path or the model of the body; null
 *     where neither names one
 * @param header the first value of a header, by its name
 * @param facts read only when a condition asks for them
 */
public record Inquiry(
    Caller caller,
    @Nullable String model,
    Optional<Operation> operation,
    Function<String, @Nullable String> header,
    LazyFacts facts) {}

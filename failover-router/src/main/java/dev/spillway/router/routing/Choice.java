package dev.spillway.router.routing;

import dev.spillway.router.backend.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param why by which rule; null where there are no rules
 */
public record Choice(Pool pool, @Nullable String why) {}

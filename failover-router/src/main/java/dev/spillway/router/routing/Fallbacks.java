package dev.spillway.router.routing;

import dev.spillway.router.backend.Pool;
import dev.spillway.router.plan.Detours;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pools that a request goes on to when a backend has refused it for its own sake; null where it
 * does not, and the refusal is the caller's as it came.
 *
 * @param contextLength when it was too long for the model
 * @param contentFilter when the content filter has refused it
 */
public record Fallbacks(@Nullable Pool contextLength, @Nullable Pool contentFilter) {

  public static final Fallbacks NONE = new Fallbacks(null, null);

  Stream<Pool> pools() {
    return Stream.of(Optional.ofNullable(contextLength), Optional.ofNullable(contentFilter))
        .flatMap(Optional::stream);
  }

  /** The same by the pools' names. */
  public Detours detours() {
    return new Detours(name(contextLength), name(contentFilter));
  }

  private static @Nullable String name(@Nullable Pool pool) {
    return pool == null ? null : pool.name();
  }
}

package dev.spillway.router.plan;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which pool a request may go on to that a backend has refused for its own sake: by the names of
 * the pools, each null where such a request is not to go on.
 *
 * @param contextLength when it was too long for the model
 * @param contentFilter when the content filter has refused it
 */
public record Detours(@Nullable String contextLength, @Nullable String contentFilter) {

  public static final Detours NONE = new Detours(null, null);

  /** Those to pools that pass. */
  public Detours where(Predicate<String> allowed) {
    return new Detours(
        Optional.ofNullable(contextLength).filter(allowed).orElse(null),
        Optional.ofNullable(contentFilter).filter(allowed).orElse(null));
  }

  /** The pools that there are detours to. */
  public Stream<String> pools() {
    return Stream.of(Optional.ofNullable(contextLength), Optional.ofNullable(contentFilter))
        .flatMap(Optional::stream);
  }
}

package dev.spillway.router.backend;

/** What keeps requests that belong together on one backend, while it serves. */
public sealed interface Affinity {

  /** They have the same value of a header. */
  record ByHeader(String name) implements Affinity {}

  /** Their prompts begin alike, so that the backend has the beginning in its cache. */
  record ByPromptPrefix() implements Affinity {}

  record None() implements Affinity {}

  Affinity NONE = new None();
}

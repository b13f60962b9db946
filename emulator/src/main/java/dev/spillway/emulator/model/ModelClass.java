package dev.spillway.emulator.model;

/** What models have in common that decides how they are limited and counted. */
public enum ModelClass {
  /** Chat and completion models up to 2024, whose requests are limited per 10 seconds. */
  OLDER_CHAT,
  CHAT,
  REASONING,
  EMBEDDINGS,
  /** Makes images or videos, speaks, or writes down what it hears; limited by requests only. */
  MEDIA
}

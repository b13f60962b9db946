package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A function that a model may call.
 *
 * @param parameters the JSON schema of its arguments; a missing node when it takes none
 * @param strict whether arguments have to keep to the schema
 */
public record Tool(
    String name, @Nullable String description, JsonNode parameters, boolean strict) {}

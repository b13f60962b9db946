package dev.spillway.scenarios.stage;

import dev.spillway.yaml.YamlValue;

/**
 * What a stage is to be made of.
 *
 * @param emulator as in an {@code emulator.yaml}
 * @param router as in a {@code router.yaml}; a stage with a router of another kind does not read it
 */
public record Setup(YamlValue emulator, YamlValue router) {}

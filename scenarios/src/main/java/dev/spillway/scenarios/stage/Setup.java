package dev.spillway.scenarios.stage;

import dev.spillway.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is to be made of.
 *
 * @param emulator as in an {@code emulator.yaml}
 * @param router as in a {@code router.yaml}; null where only routers of another kind are asked
 */
public record Setup(YamlValue emulator, @Nullable YamlValue router) {}

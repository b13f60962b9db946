/** Counts tokens as the models do. */
@NullMarked
package dev.spillway.emulator.tokenizer;

import org.jspecify.annotations.NullMarked;

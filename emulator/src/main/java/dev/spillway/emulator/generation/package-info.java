/** Makes up answers and identifiers; the same seed and request give the same ones. */
@NullMarked
package dev.spillway.emulator.generation;

import org.jspecify.annotations.NullMarked;

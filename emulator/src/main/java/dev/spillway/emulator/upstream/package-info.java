/** A real endpoint, asked on behalf of a caller. */
@NullMarked
package dev.spillway.emulator.upstream;

import org.jspecify.annotations.NullMarked;

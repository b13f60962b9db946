/** Responses that can be asked for later. */
@NullMarked
package dev.spillway.emulator.stored;

import org.jspecify.annotations.NullMarked;

/** One call from arrival to settlement, without any HTTP. */
@NullMarked
package dev.spillway.emulator.inference;

import org.jspecify.annotations.NullMarked;

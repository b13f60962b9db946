/** How long answers take: planned when a call is taken, and waited for by whoever sends it. */
@NullMarked
package dev.spillway.emulator.latency;

import org.jspecify.annotations.NullMarked;

/** What the emulator counts for Prometheus. */
@NullMarked
package dev.spillway.emulator.metrics;

import org.jspecify.annotations.NullMarked;

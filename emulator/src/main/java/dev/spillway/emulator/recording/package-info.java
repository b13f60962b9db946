/** Exchanges with a real endpoint, kept as files that people can read. */
@NullMarked
package dev.spillway.emulator.recording;

import org.jspecify.annotations.NullMarked;

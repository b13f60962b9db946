/** Azure paths: parses requests, renders outcomes as the wire profile has them. */
@NullMarked
package dev.spillway.emulator.dataplane;

import org.jspecify.annotations.NullMarked;

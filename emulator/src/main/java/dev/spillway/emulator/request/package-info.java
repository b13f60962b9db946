/** What a caller asks, parsed once at the edge. */
@NullMarked
package dev.spillway.emulator.request;

import org.jspecify.annotations.NullMarked;

/** Certificates that the emulator makes itself. */
@NullMarked
package dev.spillway.emulator.tls;

import org.jspecify.annotations.NullMarked;

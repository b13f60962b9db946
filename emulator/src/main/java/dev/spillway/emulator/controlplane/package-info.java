/** The control API, in process and as HTTP routes below /emulator/. */
@NullMarked
package dev.spillway.emulator.controlplane;

import org.jspecify.annotations.NullMarked;

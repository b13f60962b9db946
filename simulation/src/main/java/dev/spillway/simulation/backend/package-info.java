/**
 * Backends without sockets: the emulator's limits, and answers that take their time or go wrong.
 */
@NullMarked
package dev.spillway.simulation.backend;

import org.jspecify.annotations.NullMarked;

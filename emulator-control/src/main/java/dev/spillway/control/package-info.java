/**
 * The emulator's control vocabulary, one interface over it, and its HTTP implementation.
 *
 * <p>The same records travel in process and as JSON below {@code /emulator/}.
 */
@NullMarked
package dev.spillway.control;

import org.jspecify.annotations.NullMarked;

/** What the emulator saw, newest calls kept. */
@NullMarked
package dev.spillway.emulator.journal;

import org.jspecify.annotations.NullMarked;

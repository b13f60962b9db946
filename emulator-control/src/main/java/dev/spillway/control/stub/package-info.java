/** What the emulator is told to answer to which requests. */
@NullMarked
package dev.spillway.control.stub;

import org.jspecify.annotations.NullMarked;

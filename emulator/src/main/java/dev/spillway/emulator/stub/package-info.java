/** Which answer was prepared for a request, and what it says. */
@NullMarked
package dev.spillway.emulator.stub;

import org.jspecify.annotations.NullMarked;

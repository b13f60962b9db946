/** A whole world out of one number: backends with real limits, callers, faults, and a judge. */
@NullMarked
package dev.spillway.simulation;

import org.jspecify.annotations.NullMarked;

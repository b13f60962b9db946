/** What must hold of every story, whatever the seed: one class for each promise. */
@NullMarked
package dev.spillway.simulation.invariant;

import org.jspecify.annotations.NullMarked;

/** The two logs of a simulation: what the clients saw, and what the backends saw. */
@NullMarked
package dev.spillway.simulation.story;

import org.jspecify.annotations.NullMarked;

/** What a seed makes: who is there, what they want, and what goes wrong. Data only. */
@NullMarked
package dev.spillway.simulation.world;

import org.jspecify.annotations.NullMarked;

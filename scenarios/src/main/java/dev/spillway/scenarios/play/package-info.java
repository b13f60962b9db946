/** Plays a scenario on a stage, and writes down what was seen. */
@NullMarked
package dev.spillway.scenarios.play;

import org.jspecify.annotations.NullMarked;

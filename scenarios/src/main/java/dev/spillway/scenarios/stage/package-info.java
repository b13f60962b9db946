/** The place where scenarios are played, whatever it is made of. */
@NullMarked
package dev.spillway.scenarios.stage;

import org.jspecify.annotations.NullMarked;

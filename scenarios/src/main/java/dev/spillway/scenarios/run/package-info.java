/** Finds scenarios, plays them one after the other, and has them judged. */
@NullMarked
package dev.spillway.scenarios.run;

import org.jspecify.annotations.NullMarked;

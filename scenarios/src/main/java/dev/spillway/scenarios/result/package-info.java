/** What was seen when a scenario was played, and what was said of it. */
@NullMarked
package dev.spillway.scenarios.result;

import org.jspecify.annotations.NullMarked;

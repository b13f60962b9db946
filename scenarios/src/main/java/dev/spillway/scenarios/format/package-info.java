/** What a scenario file says. */
@NullMarked
package dev.spillway.scenarios.format;

import org.jspecify.annotations.NullMarked;

/** The decision (pure) and the loop that sends, waits and records. */
@NullMarked
package dev.spillway.router.attempt;

import org.jspecify.annotations.NullMarked;

/** The content filter: policies, what sets them off, and verdicts; no HTTP and no JSON. */
@NullMarked
package dev.spillway.emulator.filter;

import org.jspecify.annotations.NullMarked;

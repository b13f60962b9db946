/** Entra: tokens, who they are for, and what their principals may do; no HTTP. */
@NullMarked
package dev.spillway.emulator.identity;

import org.jspecify.annotations.NullMarked;

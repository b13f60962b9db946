/** What backends keep for callers, and which backend keeps what. */
@NullMarked
package dev.spillway.router.stored;

import org.jspecify.annotations.NullMarked;

/** The order in which a pool's backends are tried. */
@NullMarked
package dev.spillway.router.balancing;

import org.jspecify.annotations.NullMarked;

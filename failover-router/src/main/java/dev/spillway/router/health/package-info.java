/** Which backends rest, and until when. */
@NullMarked
package dev.spillway.router.health;

import org.jspecify.annotations.NullMarked;

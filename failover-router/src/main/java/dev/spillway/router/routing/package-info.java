/** Which pool a request goes to, decided by rules on what it says. */
@NullMarked
package dev.spillway.router.routing;

import org.jspecify.annotations.NullMarked;

/** How connections are made: TLS in both directions, and the proxy on the way out. */
@NullMarked
package dev.spillway.router.link;

import org.jspecify.annotations.NullMarked;

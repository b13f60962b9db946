/** A caller's request as data, without the HTTP server it came through. */
@NullMarked
package dev.spillway.router.plan;

import org.jspecify.annotations.NullMarked;

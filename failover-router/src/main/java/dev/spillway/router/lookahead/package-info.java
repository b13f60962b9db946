/** What each deployment's own counters will say to a request, before it is sent there. */
@NullMarked
package dev.spillway.router.lookahead;

import org.jspecify.annotations.NullMarked;

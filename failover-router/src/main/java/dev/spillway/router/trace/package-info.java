/** What happened to a request, decision by decision, for the caller and for the admin. */
@NullMarked
package dev.spillway.router.trace;

import org.jspecify.annotations.NullMarked;

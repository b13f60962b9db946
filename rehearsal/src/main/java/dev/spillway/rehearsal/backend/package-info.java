/** How the router asks its backends over a network in memory. */
@NullMarked
package dev.spillway.rehearsal.backend;

import org.jspecify.annotations.NullMarked;

/** The deployments that requests can be sent to, and the pools they form. */
@NullMarked
package dev.spillway.router.backend;

import org.jspecify.annotations.NullMarked;

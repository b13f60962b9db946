/** What the router counts, for Prometheus. */
@NullMarked
package dev.spillway.router.metrics;

import org.jspecify.annotations.NullMarked;

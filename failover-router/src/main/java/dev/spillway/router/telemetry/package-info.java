/** Spans of requests and of their attempts, for whoever collects them. */
@NullMarked
package dev.spillway.router.telemetry;

import org.jspecify.annotations.NullMarked;

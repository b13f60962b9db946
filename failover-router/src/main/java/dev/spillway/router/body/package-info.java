/** Callers' bodies: kept for as many attempts as it takes, and changed where a backend needs it. */
@NullMarked
package dev.spillway.router.body;

import org.jspecify.annotations.NullMarked;

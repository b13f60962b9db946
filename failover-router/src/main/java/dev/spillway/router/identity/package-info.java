/** Gets tokens for the backends that want one; the only place that knows Azure's libraries. */
@NullMarked
package dev.spillway.router.identity;

import org.jspecify.annotations.NullMarked;

/** What each caller has used of what it may use in a minute. */
@NullMarked
package dev.spillway.router.quota;

import org.jspecify.annotations.NullMarked;

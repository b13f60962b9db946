/** One line of the log for each request. */
@NullMarked
package dev.spillway.router.log;

import org.jspecify.annotations.NullMarked;

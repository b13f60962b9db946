/** The linter: what is wrong with a configuration that can be read. */
@NullMarked
package dev.spillway.router.check;

import org.jspecify.annotations.NullMarked;

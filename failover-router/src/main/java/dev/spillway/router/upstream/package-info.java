/** One attempt at one backend, and what came of it. Nothing here decides what happens next. */
@NullMarked
package dev.spillway.router.upstream;

import org.jspecify.annotations.NullMarked;

/** Token and request limits. The only package that knows Bucket4j. */
@NullMarked
package dev.spillway.emulator.ratelimit;

import org.jspecify.annotations.NullMarked;

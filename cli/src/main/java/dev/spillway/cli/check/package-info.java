/** Stages of real sockets for scenarios. */
@NullMarked
package dev.spillway.cli.check;

import org.jspecify.annotations.NullMarked;

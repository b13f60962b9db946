/** A router's own configuration, taken through every fault of its backends. */
@NullMarked
package dev.spillway.cli.matrix;

import org.jspecify.annotations.NullMarked;

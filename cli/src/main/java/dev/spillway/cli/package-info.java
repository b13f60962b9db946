/** The command line: one class a subcommand. */
@NullMarked
package dev.spillway.cli;

import org.jspecify.annotations.NullMarked;

/** The command line's log: lines on standard error, for people or for machines. */
@NullMarked
package dev.spillway.cli.log;

import org.jspecify.annotations.NullMarked;

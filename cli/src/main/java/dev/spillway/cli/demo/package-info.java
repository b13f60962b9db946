/** The seed story, played with both programs in front of the reader. */
@NullMarked
package dev.spillway.cli.demo;

import org.jspecify.annotations.NullMarked;

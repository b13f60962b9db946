/** Time as an argument: the one place that reads the machine's clocks or puts a thread to sleep. */
@NullMarked
package dev.spillway.time;

import org.jspecify.annotations.NullMarked;

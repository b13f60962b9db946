/** A network in memory, whose connections wait in the time of a simulation. */
@NullMarked
package dev.spillway.rehearsal.net;

import org.jspecify.annotations.NullMarked;

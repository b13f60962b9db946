/** Both programs in one process and in a time of their own, without sockets. */
@NullMarked
package dev.spillway.rehearsal;

import org.jspecify.annotations.NullMarked;

/** Both programs as their users meet them: over HTTP, from an official client, as a process. */
@NullMarked
package dev.spillway.it;

import org.jspecify.annotations.NullMarked;

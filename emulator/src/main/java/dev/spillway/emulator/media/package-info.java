/** Pictures and sound as files, written and measured without any library; no HTTP and no JSON. */
@NullMarked
package dev.spillway.emulator.media;

import org.jspecify.annotations.NullMarked;

/** The HTTP server that the planes put their routes on. */
@NullMarked
package dev.spillway.emulator.http;

import org.jspecify.annotations.NullMarked;

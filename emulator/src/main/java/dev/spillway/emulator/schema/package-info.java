/** JSON schemas: what fits one, and which of them the service takes. */
@NullMarked
package dev.spillway.emulator.schema;

import org.jspecify.annotations.NullMarked;

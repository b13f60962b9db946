/** The emulator in a container, for tests that use Testcontainers. */
@NullMarked
package dev.spillway.testcontainers;

import org.jspecify.annotations.NullMarked;

/** Azure's resource manager, as far as it is about Azure OpenAI. */
@NullMarked
package dev.spillway.emulator.arm;

import org.jspecify.annotations.NullMarked;

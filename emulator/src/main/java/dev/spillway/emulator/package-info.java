/** Azure OpenAI deployments on the wire, with their limits; embeddable. */
@NullMarked
package dev.spillway.emulator;

import org.jspecify.annotations.NullMarked;

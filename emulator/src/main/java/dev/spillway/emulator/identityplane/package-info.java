/** Where programs get their tokens: Entra's endpoints, and those of managed identities. */
@NullMarked
package dev.spillway.emulator.identityplane;

import org.jspecify.annotations.NullMarked;

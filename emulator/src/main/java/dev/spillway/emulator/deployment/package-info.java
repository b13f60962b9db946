/** The resource that is imitated and its deployments. */
@NullMarked
package dev.spillway.emulator.deployment;

import org.jspecify.annotations.NullMarked;

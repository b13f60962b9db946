/** The resources that are imitated and their deployments. */
@NullMarked
package dev.spillway.emulator.deployment;

import org.jspecify.annotations.NullMarked;

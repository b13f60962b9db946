/** What deployments were told to do wrong. */
@NullMarked
package dev.spillway.emulator.fault;

import org.jspecify.annotations.NullMarked;

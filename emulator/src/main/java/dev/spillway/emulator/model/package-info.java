/** What is known of models and regions, as data. */
@NullMarked
package dev.spillway.emulator.model;

import org.jspecify.annotations.NullMarked;

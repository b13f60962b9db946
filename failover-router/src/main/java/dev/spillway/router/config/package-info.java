/** The sections of router.yaml as values that cannot be wrong. */
@NullMarked
package dev.spillway.router.config;

import org.jspecify.annotations.NullMarked;

/**
 * YAML read into typed values, where every complaint names the file, the line and what was
 * expected.
 */
@NullMarked
package dev.spillway.yaml;

import org.jspecify.annotations.NullMarked;

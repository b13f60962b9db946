package dev.spillway.emulator.schema;

import java.util.Set;

/**
 * What a schema may say where the service makes sure that it is kept to.
 *
 * <p>Until early 2025 it knew few keywords; since then it has known bounds, patterns and formats.
 */
public enum StrictRules {
  UNTIL_2024(
      5,
      100,
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "pattern",
          "format",
          "minItems",
          "maxItems",
          "default")),
  SINCE_2025(10, 5_000, Set.of());

  private static final Set<String> NEVER =
      Set.of(
          "minLength",
          "maxLength",
          "uniqueItems",
          "contains",
          "minContains",
          "maxContains",
          "unevaluatedItems",
          "unevaluatedProperties",
          "patternProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "oneOf",
          "allOf",
          "not",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas");

  private final int levels;
  private final int properties;

  @SuppressWarnings("ImmutableEnumChecker") // always Set.of
  private final Set<String> notYet;

  StrictRules(int levels, int properties, Set<String> notYet) {
    this.levels = levels;
    this.properties = properties;
    this.notYet = notYet;
  }

  boolean permits(String keyword) {
    return !NEVER.contains(keyword) && !notYet.contains(keyword);
  }

  /** Objects and arrays inside each other, below the root. */
  int levels() {
    return levels;
  }

  /** Properties of all objects together. */
  int properties() {
    return properties;
  }
}

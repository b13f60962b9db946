package dev.spillway.emulator.dataplane;

import java.util.List;

/**
 * Which members the answers of a year have beside those they always had.
 *
 * @param refusal {@code refusal} in messages and first deltas, {@code annotations} in messages
 * @param usageDetails {@code prompt_tokens_details} and {@code completion_tokens_details}
 * @param obfuscation the padding of stream chunks
 * @param fingerprint whether {@code system_fingerprint} is set, for chat models with a dated
 *     snapshot
 * @param promptCategories the filter's categories for prompts, in order
 * @param answerCategories the filter's categories for answers, in order
 */
record ChatShape(
    boolean refusal,
    boolean usageDetails,
    boolean obfuscation,
    boolean fingerprint,
    List<FilterCategory> promptCategories,
    List<FilterCategory> answerCategories) {

  private static final List<FilterCategory> SEVERITIES =
      List.of(
          FilterCategory.HATE,
          FilterCategory.SELF_HARM,
          FilterCategory.SEXUAL,
          FilterCategory.VIOLENCE);

  private static final List<FilterCategory> SEVERITIES_AND_JAILBREAK =
      List.of(
          FilterCategory.HATE,
          FilterCategory.JAILBREAK,
          FilterCategory.SELF_HARM,
          FilterCategory.SEXUAL,
          FilterCategory.VIOLENCE);

  private static final List<FilterCategory> SEVERITIES_AND_PROTECTED_MATERIAL =
      List.of(
          FilterCategory.HATE,
          FilterCategory.PROTECTED_MATERIAL_CODE,
          FilterCategory.PROTECTED_MATERIAL_TEXT,
          FilterCategory.SELF_HARM,
          FilterCategory.SEXUAL,
          FilterCategory.VIOLENCE);

  static final ChatShape OF_2024 =
      new ChatShape(false, false, false, false, SEVERITIES, SEVERITIES);

  static final ChatShape OF_2025 =
      new ChatShape(
          true, true, false, true, SEVERITIES_AND_JAILBREAK, SEVERITIES_AND_PROTECTED_MATERIAL);

  static final ChatShape OF_2026 =
      new ChatShape(
          true, true, true, true, SEVERITIES_AND_JAILBREAK, SEVERITIES_AND_PROTECTED_MATERIAL);
}

package dev.spillway.emulator.dataplane;

/**
 * Which members the answers of a year have beside those they always had.
 *
 * @param refusal {@code refusal} in messages and first deltas, {@code annotations} in messages
 * @param usageDetails {@code prompt_tokens_details} and {@code completion_tokens_details}
 * @param obfuscation the padding of stream chunks
 * @param fingerprint whether {@code system_fingerprint} is set, for chat models with a dated
 *     snapshot
 * @param reports whether models that tell how an answer was made do so
 * @param filter the annotations of the content filter
 */
record ChatShape(
    boolean refusal,
    boolean usageDetails,
    boolean obfuscation,
    boolean fingerprint,
    boolean reports,
    FilterAnnotations filter) {

  static final ChatShape OF_2024 =
      new ChatShape(false, false, false, false, false, FilterAnnotations.UNTIL_2024);

  static final ChatShape OF_2025 =
      new ChatShape(true, true, false, true, false, FilterAnnotations.SINCE_2025);

  static final ChatShape OF_2026 =
      new ChatShape(true, true, true, true, true, FilterAnnotations.SINCE_2025);
}

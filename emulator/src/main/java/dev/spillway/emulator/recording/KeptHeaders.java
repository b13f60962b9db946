package dev.spillway.emulator.recording;

import java.util.List;
import java.util.Locale;

/**
 * Which headers of an answer are worth keeping: those that say what it is, what happened and when
 * to come back. None that names a person, an organisation, a session or a server's own affairs.
 */
final class KeptHeaders {

  private static final List<String> NAMES =
      List.of(
          "content-type",
          "content-encoding",
          "content-disposition",
          "retry-after",
          "retry-after-ms",
          "operation-location",
          "location",
          "policy-id",
          "apim-request-id",
          "x-request-id",
          "x-should-retry",
          "x-accel-buffering",
          "openai-model",
          "openai-version",
          "openai-processing-ms");

  private static final List<String> PREFIXES =
      List.of("x-ratelimit-", "x-ms-", "azure-openai-", "azureml-", "azureai-", "ms-azureml-");

  /** The caller's own name for the request, which comes back to it. */
  private static final String ECHO = "x-ms-client-request-id";

  private KeptHeaders() {}

  static boolean keeps(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.equals(ECHO)
        && (NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith));
  }
}

package dev.spillway.emulator.request;

import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dated api-versions there were, and since which of them each operation is served. */
final class KnownVersions {

  static final Set<String> GA =
      Set.of("2022-12-01", "2023-05-15", "2024-02-01", "2024-06-01", "2024-10-21");

  static final Set<String> PREVIEW =
      Stream.of(
              "2022-03-01",
              "2022-06-01",
              "2023-03-15",
              "2023-06-01",
              "2023-07-01",
              "2023-08-01",
              "2023-09-01",
              "2023-10-01",
              "2023-12-01",
              "2024-02-15",
              "2024-03-01",
              "2024-04-01",
              "2024-05-01",
              "2024-07-01",
              "2024-08-01",
              "2024-09-01",
              "2024-10-01",
              "2024-12-01",
              "2025-01-01",
              "2025-02-01",
              "2025-03-01",
              "2025-04-01")
          .map(date -> date + "-preview")
          .collect(Collectors.toUnmodifiableSet());

  private KnownVersions() {}

  static boolean has(ApiVersion version) {
    return GA.contains(version.text()) || PREVIEW.contains(version.text());
  }

  static boolean has(Operation operation, ApiVersion version) {
    return has(version) && since(operation).includes(version);
  }

  private static Since since(Operation operation) {
    return switch (operation) {
      case COMPLETIONS, EMBEDDINGS -> Since.of("2022-12-01", "2022-03-01");
      case CHAT_COMPLETIONS -> Since.of("2023-05-15", "2023-03-15");
      case AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS -> Since.of("2024-02-01", "2023-09-01");
      case IMAGE_GENERATIONS -> Since.of("2024-02-01", "2023-12-01");
      case IMAGE_EDITS -> Since.of(null, "2025-04-01");
      case AUDIO_SPEECH -> Since.of(null, "2024-02-15");
      case RESPONSES -> Since.of(null, "2025-03-01");
    };
  }
}

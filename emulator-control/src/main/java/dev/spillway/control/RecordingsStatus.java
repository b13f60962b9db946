package dev.spillway.control;

import java.time.Instant;
import java.util.List;

/**
 * What an emulator has recorded, and what it does with it.
 *
 * @param mode {@code off}, {@code record} or {@code replay}
 * @param folder where the files are
 * @param recordings in the order of their names
 */
public record RecordingsStatus(String mode, String folder, List<RecordingLine> recordings) {

  /**
   * One recording.
   *
   * @param name of its file
   * @param recorded when
   * @param path what was asked, without the resource
   * @param stream whether its answer came piece by piece
   * @param cut whether its answer broke off
   * @param hits how often it was played
   */
  public record RecordingLine(
      String name,
      Instant recorded,
      String method,
      String path,
      int status,
      boolean stream,
      boolean cut,
      int hits) {}

  public RecordingsStatus {
    recordings = List.copyOf(recordings);
  }
}

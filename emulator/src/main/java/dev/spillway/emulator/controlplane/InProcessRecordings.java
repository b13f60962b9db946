package dev.spillway.emulator.controlplane;

import dev.spillway.control.ControlException;
import dev.spillway.control.RecordingsPatch;
import dev.spillway.control.RecordingsStatus;
import dev.spillway.control.RecordingsStatus.RecordingLine;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.recording.Recording;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.recording.RecordingFolder;
import dev.spillway.emulator.recording.RecordingMode;
import dev.spillway.emulator.recording.Recordings;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows recordings, and says what is done with them. */
final class InProcessRecordings {

  private final @Nullable RecordingDesk desk;

  /**
   * @param desk null where nothing is recorded or played
   */
  InProcessRecordings(@Nullable RecordingDesk desk) {
    this.desk = desk;
  }

  RecordingsStatus status() {
    RecordingDesk known = known();
    return new RecordingsStatus(
        name(known.mode()),
        known.config().folder().toString(),
        known.list().stream().map(InProcessRecordings::line).toList());
  }

  RecordingsStatus patch(RecordingsPatch patch) {
    RecordingDesk known = known();
    RecordingMode mode =
        Arrays.stream(RecordingMode.values())
            .filter(one -> name(one).equals(patch.mode()))
            .findFirst()
            .orElseThrow(() ->
                ControlException.invalid(
                    "'mode' must be one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(RecordingMode.values())
                                .map(InProcessRecordings::name)
                                .collect(Collectors.joining(", ")),
                            patch.mode())));
    try {
      known.mode(mode);
    } catch (IllegalArgumentException | RecordingFolder.Unusable e) {
      throw ControlException.invalid(String.valueOf(e.getMessage()));
    }
    return status();
  }

  void reset() {
    if (desk != null) {
      desk.reset();
    }
  }

  private RecordingDesk known() {
    if (desk == null) {
      throw new ControlException(
          ControlException.Reason.NOT_FOUND,
          "nothing is recorded or played; 'recordings' in the configuration says where they are");
    }
    return desk;
  }

  private static RecordingLine line(Recordings.Hits hits) {
    Recording recording = hits.recording().recording();
    RecordedAnswer answer = recording.answer();
    return new RecordingLine(
        hits.recording().name(),
        recording.recorded(),
        recording.request().method(),
        recording.request().path(),
        answer.status(),
        answer.streamed(),
        answer.cut(),
        hits.count());
  }

  private static String name(RecordingMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}

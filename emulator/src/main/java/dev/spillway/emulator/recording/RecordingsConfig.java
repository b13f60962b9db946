package dev.spillway.emulator.recording;

import dev.spillway.emulator.upstream.UpstreamConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where recordings are and what is done with them.
 *
 * @param mode at the start
 * @param upstream who is asked; null where nobody is
 * @param repeat what comes after the last of several recordings of one request
 * @param redact what is taken out of JSON bodies, beside secrets
 */
public record RecordingsConfig(
    Path folder,
    RecordingMode mode,
    @Nullable UpstreamConfig upstream,
    Speed speed,
    Unmatched unmatched,
    Matching match,
    Repeat repeat,
    List<JsonPath> redact) {

  /** Where they are when nothing is said. */
  public static final Path FOLDER = Path.of("recordings");

  /** Who asks, as OpenAI's own API calls it. */
  public static final List<JsonPath> NAMES =
      List.of(JsonPath.parse("$.user"), JsonPath.parse("$.safety_identifier"));

  public RecordingsConfig {
    redact = List.copyOf(redact);
    if (upstream == null && mode == RecordingMode.RECORD) {
      throw new IllegalArgumentException("to record, an upstream must be named");
    }
    if (upstream == null && unmatched == Unmatched.RECORD) {
      throw new IllegalArgumentException(
          "to record what is not matched, an upstream must be named");
    }
  }

  /** Replays what is in a folder. */
  public static RecordingsConfig replay(Path folder) {
    return new RecordingsConfig(
        folder,
        RecordingMode.REPLAY,
        null,
        new Speed.Automatic(),
        Unmatched.REFUSE,
        Matching.STRICT,
        Repeat.LAST,
        NAMES);
  }

  /** Records what an upstream answers. */
  public static RecordingsConfig record(Path folder, UpstreamConfig upstream) {
    return replay(folder).with(upstream).with(RecordingMode.RECORD);
  }

  public RecordingsConfig with(UpstreamConfig other) {
    return new RecordingsConfig(folder, mode, other, speed, unmatched, match, repeat, redact);
  }

  public RecordingsConfig with(RecordingMode other) {
    return new RecordingsConfig(folder, other, upstream, speed, unmatched, match, repeat, redact);
  }

  public RecordingsConfig with(Path other) {
    return new RecordingsConfig(other, mode, upstream, speed, unmatched, match, repeat, redact);
  }

  public RecordingsConfig with(Speed other) {
    return new RecordingsConfig(folder, mode, upstream, other, unmatched, match, repeat, redact);
  }

  public RecordingsConfig with(Unmatched other) {
    return new RecordingsConfig(folder, mode, upstream, speed, other, match, repeat, redact);
  }
}

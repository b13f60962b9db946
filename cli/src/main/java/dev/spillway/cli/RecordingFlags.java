package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.recording.RecordingMode;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.upstream.UpstreamConfig;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of recording and replaying; they go before what the file says. */
final class RecordingFlags {

  @Option(
      names = "--record",
      paramLabel = "URL",
      description =
          "A real endpoint, such as https://contoso.openai.azure.com, that is asked instead, so"
              + " that its answers are recorded. One that ends in /v1 speaks OpenAI's own API.")
  private @Nullable URI record;

  @Option(
      names = "--replay",
      paramLabel = "FOLDER",
      description = "Answers from the recordings in this folder.")
  private @Nullable Path replay;

  @Option(
      names = "--recordings",
      paramLabel = "FOLDER",
      description = "Where --record puts its files. Default: recordings.")
  private @Nullable Path folder;

  @Option(
      names = "--upstream-key",
      paramLabel = "KEY",
      defaultValue = "${env:SPILLWAY_UPSTREAM_KEY}",
      description =
          "The real endpoint's key. Without one, callers bring it in x-upstream-api-key."
              + " [SPILLWAY_UPSTREAM_KEY]")
  private @Nullable String key;

  /** What is recorded or played, if anything is. */
  @Nullable RecordingsConfig over(EmulatorConfig file) {
    if (record != null && replay != null) {
      throw new BadInput("--record and --replay exclude each other");
    }
    if (folder != null && record == null) {
      throw new BadInput("--recordings goes with --record; --replay names its folder itself");
    }
    RecordingsConfig recordings = file.recordings();
    if (replay != null) {
      return recordings == null
          ? RecordingsConfig.replay(replay)
          : recordings.with(replay).with(RecordingMode.REPLAY);
    }
    return record == null ? keyed(recordings) : keyed(recording(recordings, record));
  }

  private RecordingsConfig recording(@Nullable RecordingsConfig file, URI endpoint) {
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).startsWith("http")) {
      throw new BadInput("--record must be an http:// or https:// address, not '" + endpoint + "'");
    }
    boolean openai = endpoint.toString().replaceAll("/+$", "").endsWith("/v1");
    UpstreamConfig azure = UpstreamConfig.azure(endpoint);
    UpstreamConfig upstream = openai ? azure.with(UpstreamConfig.Kind.OPENAI) : azure;
    RecordingsConfig recordings =
        file == null
            ? RecordingsConfig.record(RecordingsConfig.FOLDER, upstream)
            : file.with(upstream).with(RecordingMode.RECORD);
    return folder == null ? recordings : recordings.with(folder);
  }

  private @Nullable RecordingsConfig keyed(@Nullable RecordingsConfig recordings) {
    UpstreamConfig upstream = recordings == null ? null : recordings.upstream();
    return recordings == null || upstream == null || key == null
        ? recordings
        : recordings.with(upstream.withApiKey(key));
  }
}

package dev.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.recording.Speed;
import dev.spillway.emulator.upstream.UpstreamConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RecordingFlagsTest {

  private static final URI ENDPOINT = URI.create("https://contoso.openai.azure.com");

  @Test
  void recordsIntoTheFolderThatIsNamed() {
    assertThat(
            recordings(
                "--record", ENDPOINT.toString(), "--recordings", "tapes", "--upstream-key", "k"))
        .isEqualTo(
            RecordingsConfig.record(
                Path.of("tapes"), UpstreamConfig.azure(ENDPOINT).withApiKey("k")));
  }

  @Test
  void anEndpointThatEndsInV1SpeaksOpenAisOwnApi() {
    RecordingsConfig recordings =
        Objects.requireNonNull(recordings("--record", "http://localhost:11434/v1/"));

    assertThat(recordings.folder()).isEqualTo(RecordingsConfig.FOLDER);
    assertThat(recordings.upstream())
        .extracting(UpstreamConfig::kind)
        .isEqualTo(UpstreamConfig.Kind.OPENAI);
  }

  @Test
  void replaysTheFolderThatIsNamed() {
    assertThat(recordings("--replay", "tapes"))
        .isEqualTo(RecordingsConfig.replay(Path.of("tapes")));
  }

  @Test
  void whatTheFileSaysOtherwiseStays(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("emulator.yaml");
    Files.writeString(file, "recordings: {mode: off, speed: x10}");

    RecordingsConfig recordings = recordings(file.toString(), "--replay", "tapes");

    assertThat(recordings)
        .isEqualTo(RecordingsConfig.replay(Path.of("tapes")).with(new Speed.Times(10)));
  }

  @Test
  void withoutAnyNothingIsRecordedOrPlayed() {
    assertThat(recordings()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--record https://a --replay b| --record and --replay exclude each other",
        "--recordings b| --recordings goes with --record; --replay names its folder itself",
        "--record contoso| --record must be an http:// or https:// address, not 'contoso'",
      })
  void whatCannotBeMeantIsRefused(String flags, String problem) {
    assertThatExceptionOfType(Main.BadInput.class)
        .isThrownBy(() -> recordings(flags.split(" ")))
        .withMessage(problem);
  }

  private static @Nullable RecordingsConfig recordings(String... flags) {
    EmulatorCommand command = new EmulatorCommand();
    new CommandLine(command).parseArgs(flags);
    return command.config().recordings();
  }
}
